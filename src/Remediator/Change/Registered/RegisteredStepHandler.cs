using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Change.Registered;

/// <summary>
/// The writable part of a resource's model, read and written through Cloud Control. What it is compared with is brought into the form
/// that Cloud Control answers in; planning, resuming and undoing are those of any step.
/// </summary>
internal sealed class RegisteredStepHandler(RegisteredType type, IStepHandler inner) : IStepHandler
{
    private readonly Aligner _aligner = new(type);

    public Step Step => inner.Step;

    public async Task<Reading> ReadAsync(Scope scope, IAws aws, CancellationToken ct)
    {
        var reading = await inner.ReadAsync(scope, aws, ct);
        if (reading.IsGone)
        {
            return reading;
        }

        var (asked, named) = (
            scope["resource"].TextOf(RegisteredPlaybook.Identifier), reading.Output.Member("ResourceDescription").TextOf("Identifier"));
        return reading.State.IsObject() && named == asked
            ? new(Model.Writable(type, reading.State), reading.State)
            : throw new WrongResourceException(
                $"{RegisteredPlaybook.Read} was asked about '{asked}', and answers about '{named}': it may be another resource.");
    }

    public StepChange? Plan(Scope scope, Reading reading) => inner.Plan(scope, reading);

    public RecordedStep PlanRecorded(Scope scope, Reading reading, RecordedValues recorded)
    {
        var decided = type.Tags is { } tags ? TagMerge.Decide(tags, recorded, reading.State) : recorded;
        var planned = inner.PlanRecorded(scope, reading, new(
            _aligner.Align(decided.Good, reading.State),
            _aligner.Align(decided.Bad, reading.State),
            _aligner.Align(decided.Latest, reading.State)));
        if (planned is RecordedStep.Change { Planned: { Plan: { After: var after } plan } change } && after.IsNull())
        {
            // The resource stays, with nothing set.
            planned = new RecordedStep.Change(change with { Plan = plan with { After = Json.EmptyObject } });
        }

        return planned is RecordedStep.Change && Model.Lost(type, reading.Output).ToArray() is { Length: > 0 } lost
            ? new RecordedStep.Refused(Reason.Masked, [.. lost])
            {
                Says =
                    $"Cloud Control sends the whole {type.ControlName} with every update, and no read gives {Sentences.PathList(lost)} "
                    + "back: it would be lost.",
            }
            : planned;
    }

    public ResumeStep Resume(Scope scope, Reading reading, StepPlan planned) => inner.Resume(scope, As(reading, planned), planned);

    public UndoStep Undo(Scope scope, Reading reading, StepPlan done, bool force) => inner.Undo(scope, As(reading, done), done, force);

    private static Reading As(Reading reading, StepPlan planned) =>
        reading with { State = Aligner.Recognised(reading.State, planned.Before, planned.After) };
}
