using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>What an event means for the incident that its rule and resource had last.</summary>
internal enum EventEffect
{
    /// <summary>No incident, or one that ended: the event opens a new one.</summary>
    New,

    /// <summary>The incident goes on with this event.</summary>
    GoesOn,

    /// <summary>The event, or a newer one, was answered.</summary>
    Answered,
}

/// <summary>The rules by which one problem becomes one incident, whatever the order and number of its events.</summary>
internal static class ClaimRules
{
    public static EventEffect EventEffect(Incident? last, Incident opening) => last switch
    {
        null => Record.EventEffect.New,
        { State: IncidentState.Closed } => opening.RecordedAt > last.RecordedAt ? Record.EventEffect.New : Record.EventEffect.Answered,
        _ when IsUnfinished(last.State) => Record.EventEffect.GoesOn,

        // Only looked at so far, and now the policy says to act: the backlog from before the switch was turned.
        { State: IncidentState.Observed } when opening.Mode is "approve" or "auto" => Record.EventEffect.GoesOn,
        _ => opening.RecordedAt > last.RecordedAt ? Record.EventEffect.GoesOn : Record.EventEffect.Answered,
    };

    /// <summary>The incident with what a newer event says; it is durable with the next save.</summary>
    public static Incident TakenIn(Incident last, Incident opening) => opening.RecordedAt > last.RecordedAt
        ? last with { RecordedAt = opening.RecordedAt, Annotation = opening.Annotation }
        : last;

    /// <summary>The new incident of a problem that was there before: a fix that did not last a day counts as reverted.</summary>
    public static Incident Again(Incident opening, Incident closed) =>
        closed.IsChanged && opening.OpenedAt - closed.ChangedAt < Limits.RevertWindow ? opening with { Reverts = closed.Reverts + 1 } : opening;

    /// <summary>A worker that stopped left it so: even the same event, redelivered, has to go on from there.</summary>
    public static bool IsUnfinished(IncidentState state) => state is IncidentState.Open or IncidentState.Applying or IncidentState.Undoing;
}
