using System.Collections.Immutable;

namespace Remediator.Incidents;

/// <content>The moves of an undo, whoever wants it: a person, the service itself, an alarm.</content>
internal static partial class Transitions
{
    /// <summary>The service takes back what it changed.</summary>
    public static Incident PutsBack(Incident incident, Reason reason, string why, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Undo, $"puts back: {reason.Name()}", now), IncidentState.Undoing) with
        {
            Change = incident.Change is { } change ? change with { AgreedBy = null, IsTakenBack = false } : null,
            Reason = reason,
            Detail = why,
            Due = due,
        };

    /// <summary>A person takes back what the service changed.</summary>
    public static Incident UndoAsked(Incident incident, string by, string note, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Person, note, now), IncidentState.Undoing) with
        {
            Change = incident.Change is { } change ? change with { AgreedBy = by, IsTakenBack = true } : null,
            Reason = null,
            Detail = note,
            Due = due,
        };

    /// <summary>No undo of it is asked for any more.</summary>
    private static PlannedChange? KeptFix(PlannedChange? change) =>
        change is { IsTakenBack: true } ? change with { IsTakenBack = false } : change;

    /// <summary>The calls of the undo are durable with this.</summary>
    public static Incident UndoPlanned(Incident incident, ImmutableArray<PlannedCall> calls) =>
        incident with { Change = incident.Change is { } change ? change with { UndoCalls = calls } : null };

    /// <param name="credentials">How far the credentials reach that the undo is made with.</param>
    public static Incident Undoing(Incident incident, string credentials, DateTimeOffset now) => incident.Change is { } change
        ? incident.Noted(
            EntryKind.Undo, $"undoing by {(change.UndoCalls is [_] ? "1 call" : $"{change.UndoCalls.Length} calls")}{credentials}", now)
        : incident;

    public static Incident PutBack(Incident incident) =>
        incident with { Change = incident.Change is { } change ? change with { IsInPlace = false, AsksAt = null } : null };

    /// <param name="incident">What was put back.</param>
    /// <param name="notUndone">What no undo of its playbook brings back; empty where it brings back everything.</param>
    /// <param name="now">The moment.</param>
    /// <param name="due">When it is looked at again.</param>
    public static Incident Undone(Incident incident, string notUndone, DateTimeOffset now, DateTimeOffset due)
    {
        var rest = notUndone.Length > 0 ? $"; not restored: {notUndone.TrimEnd('.')}" : "";
        var note = $"undone, read back and found as before{rest}; held";
        return To(WithoutOrder(PutBack(incident)).Noted(EntryKind.Undo, note, now), IncidentState.Held) with
        {
            Due = due,
        };
    }

    /// <summary>An alarm took the change back: the service keeps its hands off for a while, and a person is called.</summary>
    public static Incident HeldAfterAlarm(Incident incident, string why, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Escalated, $"escalated: {Reason.AlarmRang.Name()}", now), IncidentState.Held) with
        {
            ApprovedBy = null,
            Reason = Reason.AlarmRang,
            Detail = why,
            Due = due,
        };

    /// <summary>Its alarms stayed silent: it is watched no more.</summary>
    public static Incident WatchEnded(Incident incident, DateTimeOffset now) =>
        incident.Noted(EntryKind.Waiting, "no alarm rang", now) with
        {
            Change = incident.Change is { } change ? change with { Watch = null } : null,
        };

    /// <summary>A person's undo may not be made: the incident is as the person found it.</summary>
    public static Incident UndoStopped(Incident incident, Incident found, DateTimeOffset now) =>
        To(incident.Noted(EntryKind.Undo, "undo stopped: conflict", now), found.State) with
        {
            Change = incident.Change is { } change ? change with { IsTakenBack = found.Change is { IsTakenBack: true } } : null,
            Reason = found.Reason,
            Detail = found.Detail,
            Due = found.Due,
        };
}
