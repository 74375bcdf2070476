using Remediator.Change;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Operate;

/// <summary>What would be done about an incident that nobody has opened: it only reads, and writes nothing, the journal included.</summary>
internal sealed class Foresight(ChangePlanner planner, Attribution attribution, TimeProvider clock)
{
    public async Task<Outcome> OfAsync(Incident incident, Decision decision, CancellationToken ct) => decision switch
    {
        Decision.Skip skip => new Outcome.Skipped(skip.Why),
        Decision.Refuse refuse => Foreseen(incident with { Terms = refuse.Terms }, refuse.Reason, refuse.Why),
        Decision.Act act => await PlannedAsync(incident with { Terms = act.Terms }, act, ct),
        var other => throw new InvalidOperationException($"Nothing is foreseen of {other}."),
    };

    private async Task<Outcome> PlannedAsync(Incident incident, Decision.Act act, CancellationToken ct)
    {
        var planning = await planner.PlanAsync(incident, act.Order, ct);
        if (planning.Proposal is { Recorded: { } recorded })
        {
            planning = planning.With(await attribution.OfRollbackAsync(incident, recorded, ct));
        }

        return planning.Watched(r => act.AsksFor(r.Playbook)) is var (ready, reason, why)
            ? Foreseen(
                ready is null ? incident : Transitions.Planned(incident, act.Terms with { Playbook = ready.Playbook.Name }, ready.Change),
                reason,
                act.Wait is { } wait && reason is null ? wait.Why : why)
            : new Outcome.Skipped("Already right: nothing would be changed.");
    }

    private Outcome.Foreseen Foreseen(Incident incident, Reason? reason, string? why) =>
        new(Transitions.Observed(incident, reason, why, clock.GetUtcNow(), clock.GetUtcNow()));
}
