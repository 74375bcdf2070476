using System.Collections.Immutable;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Change;

/// <summary>
/// The parts of a change that people agree to one after the other: a playbook says before which step they are asked again. Where nobody was
/// asked about the first part, because the policy lets it be made, nobody is asked about the rest.
/// </summary>
internal static class Parts
{
    /// <summary>Whether people who agreed to the change are asked again before a step of its plan.</summary>
    public static bool AskBefore(Incident incident, Playbook playbook, int step) =>
        AskBefore(incident, playbook, step, incident.Change?.AgreedFrom ?? 0);

    /// <summary>The steps that the last agreement, or the one that is asked for, is about.</summary>
    public static IEnumerable<StepPlan> UnderWay(Incident incident, Playbook playbook) => incident.Change is not { } change ? []
        : change.Plan.Steps.Index().Skip(change.From)
            .TakeWhile(s => !AskBefore(incident, playbook, s.Index, change.From))
            .Select(s => s.Item);

    /// <summary>
    /// What comes of a change that was made up to a step: what is left is read anew, with the names that the plan was made with.
    /// </summary>
    /// <remarks>
    /// That the part is made is durable first: whatever fails from here on, what it made is not put back for that.
    /// </remarks>
    public static async Task<NextPart> NextAsync(IRun run, int from, Playbook playbook, IAws aws, CancellationToken ct)
    {
        if (run.Incident.Change is { AsksAt: null })
        {
            await run.SaveAsync(Transitions.PartMade(run.Incident, from, run.Clock.GetUtcNow()), ct);
        }

        var incident = run.Incident;
        var change = incident.Change!;
        var said = SaidBefore(change, playbook, from) ?? "";
        return await LeftAsync(change, from, playbook, aws, ct) switch
        {
            Planning.Gone(var why) => new NextPart.Gone(why),
            Planning.AlreadyRight => new NextPart.GoesOn(),
            { Proposal.Plan: var left } planned when IsAgreed(incident, planned, left) => new NextPart.GoesOn(),
            Planning.Guarded(var reason, var because, { Plan: var left }) => Asks(left, reason, because),
            { Proposal.Plan: var left } => Asks(left, Reason.ApprovalNeeded, said),
            var other => throw new InvalidOperationException($"The rest of a plan cannot end as {other}."),
        };

        // The first time it is news, whatever the first question was about.
        NextPart Asks(Plan left, Reason reason, string why) => new NextPart.Asks(
            from,
            left,
            reason,
            why,
            incident.State is IncidentState.Applying || left.IsOtherThan(incident.Asked) || reason != incident.Reason);
    }

    /// <param name="agreed">The step that people agreed to last, or are asked about.</param>
    private static bool AskBefore(Incident incident, Playbook playbook, int step, int agreed) =>
        incident is { AgreedBy: not null, Change: { Recorded: null } change }
        && step > agreed
        && SaidBefore(change, playbook, step) is not null;

    /// <summary>To these calls and no others, and to a guard that does not hold only by those who were told so.</summary>
    private static bool IsAgreed(Incident incident, Planning planned, Plan left) => incident.ApprovedBy is not null
        && !left.IsOtherThan(incident.Asked)
        && (planned is not Planning.Guarded || incident.Reason is Reason.Guarded);

    private static string? SaidBefore(PlannedChange change, Playbook playbook, int step) =>
        playbook.Steps.FirstOrDefault(s => s.Name == change.Plan.Steps[step].Step)?.AskAgain;

    private static async Task<Planning> LeftAsync(PlannedChange change, int from, Playbook playbook, IAws aws, CancellationToken ct)
    {
        var scope = Scope.From(change.Inputs);
        var type = await FoundType.ReadAsync(playbook, scope, aws, ct);
        if (type.Gone is { } gone && !playbook.Deletes)
        {
            return new Planning.Gone(gone);
        }

        var left = ImmutableArray.CreateBuilder<(IStepHandler, StepChange)>();
        foreach (var planned in change.Plan.Steps.Skip(from))
        {
            var procedure = StepHandlers.Of(playbook, planned.Step);
            var reading = await procedure.ReadAsync(scope, aws, ct);
            if (reading.IsGone && !planned.Deletes)
            {
                return new Planning.Gone($"{procedure.Step.Read[0].Call.Operation} does not find it, or says that it is ending");
            }

            if (!reading.IsGone && procedure.Plan(scope, reading) is { } step)
            {
                left.Add((procedure, step));
            }
        }

        var ready = Planner.Ready(playbook, scope, left);
        return left.Count == 0 ? new Planning.AlreadyRight(scope, "")
            : type.Broken is { } guard ? new Planning.Guarded(Reason.Guarded, guard.Because, ready)
            : await Planner.GuardedAsync(playbook, ready, aws, ct);
    }
}

/// <summary>What comes of a change of which a part was made.</summary>
internal abstract record NextPart
{
    private NextPart()
    {
    }

    internal sealed record Gone(string Why) : NextPart;

    /// <summary>People agreed to exactly what is left, or nothing is left.</summary>
    internal sealed record GoesOn : NextPart;

    /// <param name="From">The step that is next.</param>
    /// <param name="Left">What is left of the plan.</param>
    /// <param name="Reason">Why they are asked.</param>
    /// <param name="Why">The same in words.</param>
    /// <param name="IsNews">They were not asked about this before.</param>
    internal sealed record Asks(int From, Plan Left, Reason Reason, string Why, bool IsNews) : NextPart;
}
