using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>
/// How one setting is read, planned, resumed and put back. A playbook's step is one; logic that YAML cannot say is another.
/// </summary>
internal interface IStepHandler
{
    Step Step { get; }

    Task<Reading> ReadAsync(Scope scope, IAws aws, CancellationToken ct);

    /// <summary>The smallest change from what was read; null where it is right already.</summary>
    StepChange? Plan(Scope scope, Reading reading);

    /// <summary>The way back to what AWS Config recorded.</summary>
    RecordedStep PlanRecorded(Scope scope, Reading reading, RecordedValues recorded);

    /// <summary>What is left of a change that may have been made in part.</summary>
    ResumeStep Resume(Scope scope, Reading reading, StepPlan planned);

    /// <summary>The way back from a change that was made.</summary>
    UndoStep Undo(Scope scope, Reading reading, StepPlan done, bool force);
}

/// <summary>The live state of a setting.</summary>
/// <param name="State">What the playbook takes; null where nothing is set.</param>
/// <param name="Output">All that the service answered: it may hold a lock token for the write.</param>
internal sealed record Reading(JsonElement State, JsonElement Output)
{
    /// <summary>The resource itself is no longer there.</summary>
    public bool IsGone { get; init; }
}

/// <summary>A planned step, with the calls as the playbook has them beside the calls as they will be made.</summary>
internal sealed record StepChange(StepPlan Plan, ImmutableArray<ReadyCall> Calls);

/// <summary>A call that is ready to be made, and how its answer is to be taken.</summary>
internal sealed record ReadyCall(PlannedCall Planned, Call Source);

/// <summary>What a rollback has to do for a step.</summary>
internal abstract record RecordedStep
{
    private RecordedStep()
    {
    }

    /// <summary>The setting already holds what was recorded.</summary>
    internal sealed record Nothing : RecordedStep;

    internal sealed record Change(StepChange Planned) : RecordedStep;

    internal sealed record Refused(Reason Why, ImmutableArray<string> At) : RecordedStep
    {
        /// <summary>Why, in a sentence of its own; null where the reason says it.</summary>
        public string? Says { get; init; }
    }
}

/// <summary>What a restarted run has to do for a step that was begun.</summary>
internal abstract record ResumeStep
{
    private ResumeStep()
    {
    }

    internal sealed record Nothing : ResumeStep;

    internal sealed record Calls(ImmutableArray<ReadyCall> Left) : ResumeStep;

    /// <summary>The resource holds neither what was read before nor what was to be written: somebody else is at work.</summary>
    internal sealed record Conflict(ImmutableArray<Difference> Differences) : ResumeStep;
}

/// <summary>What an undo has to do for a step.</summary>
internal abstract record UndoStep
{
    private UndoStep()
    {
    }

    /// <summary>The resource already holds what was read before.</summary>
    internal sealed record Nothing : UndoStep;

    internal sealed record Calls(ImmutableArray<ReadyCall> Back) : UndoStep;

    /// <summary>The resource no longer holds what was written.</summary>
    internal sealed record Conflict(ImmutableArray<Difference> Differences) : UndoStep;
}
