using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>How one setting is read, planned, resumed and put back. A playbook's step is one; logic that YAML cannot say is another.</summary>
internal interface IProcedure
{
    Step Step { get; }

    Task<Reading> ReadAsync(Scope scope, IAws aws, CancellationToken ct);

    /// <summary>The smallest change from what was read; null where it is right already.</summary>
    StepChange? Plan(Scope scope, Reading reading);

    /// <summary>What is left of a change that may have been made in part.</summary>
    Remainder Resume(Scope scope, Reading reading, StepPlan planned);

    /// <summary>The way back from a change that was made.</summary>
    WayBack Undo(Scope scope, Reading reading, StepPlan done, bool force);
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

/// <summary>What a restarted run has to do for a step that was begun.</summary>
internal abstract record Remainder
{
    private Remainder()
    {
    }

    internal sealed record Nothing : Remainder;

    internal sealed record Calls(ImmutableArray<ReadyCall> Left) : Remainder;

    /// <summary>The resource holds neither what was read before nor what was to be written: somebody else is at work.</summary>
    internal sealed record Conflict(ImmutableArray<Difference> Differences) : Remainder;
}

/// <summary>What an undo has to do for a step.</summary>
internal abstract record WayBack
{
    private WayBack()
    {
    }

    /// <summary>The resource already holds what was read before.</summary>
    internal sealed record Nothing : WayBack;

    internal sealed record Calls(ImmutableArray<ReadyCall> Back) : WayBack;

    /// <summary>The resource no longer holds what was written.</summary>
    internal sealed record Conflict(ImmutableArray<Difference> Differences) : WayBack;
}
