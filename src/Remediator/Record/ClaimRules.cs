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

    /// <summary>Only a later version knows how the incident goes on.</summary>
    NotUnderstood,
}

/// <summary>The rules by which one problem becomes one incident, whatever the order and number of its events.</summary>
internal static class ClaimRules
{
    public static EventEffect EventEffect(Incident? last, Incident opening) => last switch
    {
        null => Record.EventEffect.New,
        { State: IncidentState.Closed } => IsNewer(opening, last) ? Record.EventEffect.New : Record.EventEffect.Answered,
        { NotUnderstood: not null } => Record.EventEffect.NotUnderstood,
        _ when Transitions.IsUnfinished(last.State) => Record.EventEffect.GoesOn,

        // Only looked at so far, and now the policy says to act: the backlog from before the switch was turned.
        { State: IncidentState.Observed } when opening.Terms.Mode is Mode.Approve or Mode.Auto => Record.EventEffect.GoesOn,
        _ => IsNewer(opening, last) ? Record.EventEffect.GoesOn : Record.EventEffect.Answered,
    };

    /// <summary>The incident with what a newer event says; it is durable with the next save.</summary>
    public static Incident TakenIn(Incident last, Incident opening) => IsNewer(opening, last)
        ? last with { Origin = Newer(last.Origin, opening.Origin) }
        : last;

    /// <summary>
    /// When it was right last, and which state was found wrong first, stays known until a later event says that it was right in between.
    /// </summary>
    private static Origin Newer(Origin last, Origin opening) => last with
    {
        RecordedAt = opening.RecordedAt,
        Asked = opening.Asked,
        Annotation = opening.Annotation,
        CompliantBefore = opening.CompliantBefore ?? last.CompliantBefore,
        OrderedAt = opening.CompliantBefore is null ? last.OrderedAt ?? opening.OrderedAt : opening.OrderedAt,
    };

    /// <summary>
    /// The new incident of a problem that was there before: when it was right last is known, and a fix that did not last as long as the
    /// policy says counts as reverted.
    /// </summary>
    public static Incident Again(Incident opening, Incident closed)
    {
        var known = opening with
        {
            Origin = opening.Origin with { CompliantBefore = opening.Origin.CompliantBefore ?? closed.Origin.CompliantBefore },
        };
        return closed.IsChanged && opening.OpenedAt - closed.ChangedAt < (opening.Terms.RevertWindow ?? Limits.Default.RevertWindow)
            ? known with
            {
                Reverts = closed.Reverts + 1,
                Course = new() { IsRevert = true },
            }
            : known;
    }

    /// <summary>Why an incident stays open although Config says that its resource is right; null where it is over.</summary>
    public static string? KeepsOpen(Incident open, ComplianceChange change) => open.NotUnderstood ?? open.State switch
    {
        var state when Transitions.IsUnfinished(state) => $"incident {open.Id} is being worked on; Config is asked again once it is done",
        IncidentState.Held when change.Compliance is Compliance.Compliant && change.RecordedAt <= open.ChangedAt =>
            $"incident {open.Id} is held since; Config looked before that",
        _ => null,
    };

    private static bool IsNewer(Incident opening, Incident last) => opening.Origin.RecordedAt > last.Origin.RecordedAt;
}
