using Remediator.Incidents;

namespace Remediator.Guard;

/// <summary>What makes automation stop by itself, and what it then says.</summary>
internal sealed record Guardrails(Limits Limits, Budgets Budgets, Breaker Breaker, NoticeLimit Notices, Attribution Attribution)
{
    /// <summary>What Security Hub is told.</summary>
    public required FindingNotes Findings { get; init; }

    /// <summary>
    /// The incident as it stops because its fix keeps coming undone. Who does that is asked for once: later events find that people know.
    /// </summary>
    public async Task<Incident> FlappingAsync(Incident incident, DateTimeOffset now, CancellationToken ct)
    {
        var isKnown = incident.Telling.ToldReason is Reason.Flapping;
        var who = isKnown ? "" : $" {await Attribution.OfAsync(incident, ct)}";
        var (reverts, due) = (Flapping.RevertsOf(incident, Limits, now), Limits.NextLookAt(incident, now));
        var noted = isKnown ? incident : incident.Noted(EntryKind.Noted, who.Trim(), now);
        return Transitions.Escalated(noted, Reason.Flapping, Sentences.Flapping(reverts, who), now, due) with
        {
            Reverts = reverts,
        };
    }
}
