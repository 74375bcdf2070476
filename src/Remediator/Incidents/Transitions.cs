using System.Collections.Immutable;
using System.Diagnostics;

namespace Remediator.Incidents;

/// <summary>
/// The moves of an incident: each one takes an incident and gives the next one. They read nothing, write nothing and know no clock.
/// </summary>
/// <remarks>
/// What is durable when, and what a worker does that finds an incident in this state after the one before it stopped.
/// <code>
/// state             durable before it is entered        a restarted worker, or the sweep once it is due          due again
/// Open              the event                           starts from the live state                               5 minutes
/// Observed          the plan                            starts anew where the policy says to act by now           a day
/// AwaitingApproval  the plan, the notice that asks      reminds people by the policy's ladder; approve moves it  a day, a reminder
/// Applying          before-states, calls, step number   reads: as wanted: next step; as before: calls again;     3 minutes
///                                                       else conflict
/// Verifying         every call made                     reads again; not as wanted after the playbook's time:    a minute
///                                                       puts back, escalates
/// Pending           why and until when it waits         starts from the live state                               back-off
/// Fixed             what was read back                  asks Config to confirm; wrong again: starts anew;        5 minutes,
///                                                       silence beyond the policy's time: escalates              up to 6 hours
/// Undoing           that an undo began, and its cause   reads: as before: Held; as written: undoes again;        3 minutes
///                                                       else conflict
/// Held              who holds it, why, until when       starts from the live state; retry moves it earlier       a week
/// Escalated         the reason, that a notice is due    sends the notice if it was not sent; reminds people;     a day, a reminder,
///                                                       starts anew where time helps (frozen, over budget)       or that time
/// Closed            the end                             nothing: a new event opens a new incident                never
/// </code>
/// Whoever moves an incident holds the lease on its resource. Who may, and to which state where nothing stands in the way: the policy says
/// auto, the setting is still wrong where nothing was changed yet. A dash leaves the incident as it is.
/// <code>
/// found in          same event  newer event  compliant event  sweep             approve  retry    undo     hold     acknowledge
/// Open              Fixed       Fixed        -                Fixed             refused  Fixed    refused  Held     Open
/// Observed          Fixed       Fixed        Closed           Fixed             refused  Fixed    refused  Held     Observed
/// AwaitingApproval  -           Fixed        Closed           AwaitingApproval  Fixed    Fixed    refused  Held     AwaitingApproval
/// Applying          Fixed       Fixed        -                Fixed             refused  Fixed    Held     refused  Applying
/// Verifying         -           Fixed        Closed           Fixed             refused  Fixed    Held     refused  Verifying
/// Pending           -           Fixed        Closed           Fixed             refused  Fixed    refused  Held     Pending
/// Fixed             -           Escalated    Closed           Fixed             refused  Fixed    Held     Held     Fixed
/// Undoing           Held        Held         -                Held              refused  Held     Held     refused  Undoing
/// Held              -           Held         Closed           Fixed             refused  Fixed    refused  Held     Held
/// Escalated         -           Fixed        Closed           Escalated         refused  Fixed    refused  Held     Escalated
/// Closed            -           -            -                -                 refused  refused  Held     refused  refused
/// </code>
/// A change may have parts that people agree to one by one: when the first one is made, Applying becomes AwaitingApproval once more, with
/// what is left of the plan. From there an undo puts the first part back (Held), approve goes on from the step where it stopped, and
/// whatever else starts anew asks for what is left: a newer event and retry leave it waiting.
/// </remarks>
internal static partial class Transitions
{
    /// <summary>What a worker does with an incident that it finds in a state: the middle column of the first table, row by row.</summary>
    public static NextWork WorkOn(IncidentState state) => state switch
    {
        IncidentState.Open => NextWork.StartAnew,
        IncidentState.Observed => NextWork.StartAnew,
        IncidentState.AwaitingApproval => NextWork.StartAnew,
        IncidentState.Applying => NextWork.MakeCallsLeft,
        IncidentState.Verifying => NextWork.ReadAgain,
        IncidentState.Pending => NextWork.StartAnew,
        IncidentState.Fixed => NextWork.StartAnew,
        IncidentState.Undoing => NextWork.UndoAgain,
        IncidentState.Held => NextWork.StartAnew,
        IncidentState.Escalated => NextWork.StartAnew,
        IncidentState.Closed => NextWork.Nothing,
        _ => throw new UnreachableException($"No state {state}."),
    };

    /// <summary>Where an incident may go from a state; it may always stay. Row by row as in the tables.</summary>
    public static bool MayMove(IncidentState from, IncidentState to) => from == to || (from switch
    {
        IncidentState.Open => IsAnswer(to),
        IncidentState.Observed => IsAnswer(to) || to is IncidentState.Closed or IncidentState.Undoing,
        IncidentState.AwaitingApproval => IsAnswer(to) || to is IncidentState.Closed or IncidentState.Undoing,
        // People are asked again before the next part of a change.
        IncidentState.Applying => to is IncidentState.Verifying or IncidentState.Fixed or IncidentState.Undoing or IncidentState.Pending
            or IncidentState.Escalated or IncidentState.AwaitingApproval,
        IncidentState.Verifying => to is IncidentState.Fixed or IncidentState.Undoing or IncidentState.Pending or IncidentState.Escalated
            or IncidentState.Closed,
        IncidentState.Pending => IsAnswer(to) || to is IncidentState.Closed or IncidentState.Undoing,
        IncidentState.Fixed => IsAnswer(to) || to is IncidentState.Closed or IncidentState.Undoing,
        // An undo that was stopped leaves the incident where the undo found it.
        IncidentState.Undoing => to is not IncidentState.Open,
        IncidentState.Held => IsAnswer(to) || to is IncidentState.Closed or IncidentState.Undoing,
        IncidentState.Escalated => IsAnswer(to) || to is IncidentState.Closed or IncidentState.Undoing,
        IncidentState.Closed => to is IncidentState.Undoing,
        _ => throw new UnreachableException($"No state {from}."),
    });

    /// <summary>A worker that stopped left it so: even the same event, redelivered, has to go on from there.</summary>
    public static bool IsUnfinished(IncidentState state) => state is IncidentState.Open or IncidentState.Applying or IncidentState.Undoing;

    /// <summary>Something of ours is under way at the resource.</summary>
    public static bool IsAtWork(IncidentState state) => state is IncidentState.Applying or IncidentState.Verifying or IncidentState.Undoing;

    /// <summary>Whoever looks for work takes it first: a change or an undo that stopped half-way, a notice that nobody got yet.</summary>
    public static bool IsUrgent(Incident incident) => IsAtWork(incident.State) || incident.Telling.Notice is NoticeState.Due;

    /// <summary>Config may have found it right meanwhile, or gone.</summary>
    public static bool MayBeOver(IncidentState state) => state is IncidentState.Pending or IncidentState.Fixed or IncidentState.Observed
        or IncidentState.AwaitingApproval or IncidentState.Held or IncidentState.Escalated;

    public static Incident Planned(Incident incident, Terms terms, PlannedChange planned) =>
        incident with
        {
            Terms = terms,
            Change = incident.Change is { } earlier
                ? earlier with
                {
                    Plan = planned.Plan,
                    Inputs = planned.Inputs,
                    Playbook = planned.Playbook,
                    PlaybookHash = planned.PlaybookHash,
                    Recorded = planned.Recorded,
                    Owner = planned.Owner,
                    Watch = planned.Watch,
                    AsksAt = null,
                    AgreedFrom = 0,
                }
                : planned,
        };

    public static Incident WithEvidence(Incident incident, Evidence evidence) =>
        incident with { Change = incident.Change is { } change ? change with { Evidence = evidence } : null };

    /// <param name="reason">Why a person would be asked, or nothing could be done; null where the plan would be carried out.</param>
    public static Incident Observed(Incident incident, Reason? reason, string? why, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Planned, reason is { } r ? $"observed: {r.Name()}" : "observed", now), IncidentState.Observed) with
        {
            ApprovedBy = null,
            Reason = reason,
            Detail = why,
            Due = due,
        };

    /// <param name="incident">With the plan that is shown.</param>
    /// <param name="again">People agreed to another plan: this one is news, whatever they were told.</param>
    public static Incident AwaitsApproval(
        Incident incident,
        Reason reason,
        string why,
        bool again,
        DateTimeOffset now,
        DateTimeOffset due) =>
        To(
            incident.Noted(EntryKind.Planned, reason is Reason.Announced ? Course.Announces : "asks for approval", now),
            IncidentState.AwaitingApproval) with
        {
            ApprovedBy = null,
            Reason = reason,
            Detail = why,
            Telling = again ? incident.Telling with { Notice = NoticeState.None } : incident.Telling,
            Due = due,
        };

    /// <summary>Before-states and calls are durable with this, and only then is anything changed.</summary>
    /// <param name="credentials">How far the credentials reach that it is made with; empty where that says nothing.</param>
    public static Incident Begun(Incident planned, int reverts, DateTimeOffset now, DateTimeOffset due, string credentials = "")
    {
        var (incident, calls) = (planned, planned.Plan?.Calls.Count() ?? 0);
        return To(
            incident.Noted(EntryKind.Applying, $"applying {(calls == 1 ? "1 call" : $"{calls} calls")}{credentials}", now),
            IncidentState.Applying
        ) with
        {
            Change = incident.Change is { } change
                ? change with
                {
                    Step = 0,
                    BeganAt = now,
                    Deployment = BuildVersion.Deployment,
                    IsInPlace = true,
                    UndoCalls = [],
                    AgreedBy = incident.ApprovedBy ?? incident.Origin.Asked?.By,
                    Watch = change.Watch is { } watch ? watch with { From = now, Until = null } : null,
                }
                : null,
            Attempts = incident.Attempts + 1,
            Reverts = reverts,
            ApprovedBy = null,
            FixedAt = null,
            Due = due,
        };
    }

    /// <summary>The calls go on. From here on the change has its time to show, however long ago it began.</summary>
    public static Incident Applying(Incident incident, int step, string what, DateTimeOffset now) =>
        incident.Noted(EntryKind.Applying, what, now) with
        {
            Change = incident.Change is { } c ? c with { Step = step, BeganAt = now } : null,
        };

    public static Incident WithRunbook(Incident incident, StartedRunbook? runbook) =>
        incident with { Change = incident.Change is { } change ? change with { Runbook = runbook } : null };

    /// <summary>Every call was made, and the change has not shown yet.</summary>
    public static Incident NotRightYet(Incident incident, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Waiting, "not right yet", now), IncidentState.Verifying) with { Due = due };

    public static Incident Fixed(Incident incident, Plan readBack, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Right, "read back and found right", now), IncidentState.Fixed) with
        {
            Origin = incident.Origin with { Asked = null },
            Reason = null,
            Detail = null,
            Change = KeptFix(incident.Change) is { } change
                ? change with
                {
                    Plan = readBack,
                    Runbook = null,
                    Watch = change.Watch is { } watch ? watch with { Until = now + watch.Within } : null,
                }
                : null,
            FixedAt = now,
            Due = due,
        };

    /// <summary>Changed and read back as planned; what the rule asks for is left to people.</summary>
    public static Incident Contained(Incident incident, Plan? readBack, string left, DateTimeOffset now, DateTimeOffset due) =>
        Escalated(incident, Reason.Contained, left, now, due) with
        {
            Origin = incident.Origin with { Asked = null },
            Change = KeptFix(incident.Change) is { } change
                ? change with
                {
                    Plan = readBack ?? change.Plan,
                    Runbook = null,
                    Watch = null,
                }
                : null,
        };

    public static Incident AlreadyRight(Incident incident, Terms terms, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Right, "already right", now), IncidentState.Fixed) with
        {
            Origin = incident.Origin with { Asked = null },
            Terms = WithoutOrder(incident).Terms with { Playbook = terms.Playbook, ConfirmWithin = terms.ConfirmWithin },
            Change = KeptFix(incident.Change) is { } change ? change with { Runbook = null } : null,
            ApprovedBy = null,
            FixedAt = incident.FixedAt ?? now,
            Due = due,
        };

    public static Incident Pending(Incident incident, string why, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Waiting, $"later: {why}", now), IncidentState.Pending) with { Due = due };

    /// <summary>Something passing failed: what is under way goes on from where it is, all else starts from the live state.</summary>
    public static Incident TriedAgainLater(Incident incident, string why, DateTimeOffset now, DateTimeOffset due) =>
        IsAtWork(incident.State)
            ? Waiting(incident with { Attempts = incident.Attempts + 1 }, $"later: {why}", now, due)
            : Pending(incident with { Attempts = incident.Attempts + 1 }, why, now, due);

    /// <summary>It stays as it is, and is looked at again.</summary>
    public static Incident Waiting(Incident incident, string what, DateTimeOffset now, DateTimeOffset due) =>
        incident.Noted(EntryKind.Waiting, what, now) with { Due = due };

    /// <summary>Somebody stopped all changes while it was at work.</summary>
    public static Incident Halted(Incident incident, string why, DateTimeOffset now, DateTimeOffset due) =>
        Waiting(incident, $"halted: all changes are stopped: {why}", now, due);

    /// <summary>What was started has not ended: the next worker looks at it again.</summary>
    public static Incident UnderWay(Incident incident, DateTimeOffset now, DateTimeOffset due) =>
        Waiting(incident, $"{Begun(incident.Change)} is under way", now, due);

    private static string? Begun(PlannedChange? change) =>
        change is { Runbook: null } ? $"the {change.Plan.Steps[change.Step].Step}" : change?.Runbook?.Called;

    /// <summary>Nothing is done after all.</summary>
    public static Incident LeftAlone(Incident incident, string why, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Noted, why, now), incident.State is IncidentState.Open ? IncidentState.Observed : incident.State) with
        {
            ApprovedBy = null,
            Due = due,
        };

    /// <summary>An exemption, or a person's order, keeps the service from it: nobody is waited for any more.</summary>
    public static Incident LeftUntil(Incident incident, Terms terms, string why, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Noted, why, now), IncidentState.Held) with
        {
            Terms = terms with { Playbook = incident.Terms.Playbook, RevertWindow = incident.Terms.RevertWindow },
            ApprovedBy = null,
            Reason = null,
            Detail = why,
            Due = due,
        };

    public static Incident Escalated(Incident incident, Reason reason, string why, DateTimeOffset now, DateTimeOffset due) =>
        To(incident.Noted(EntryKind.Escalated, $"escalated: {reason.Name()}", now), IncidentState.Escalated) with
        {
            ApprovedBy = null,
            Reason = reason,
            Detail = why,
            Due = due,
        };

    /// <summary>A person keeps the service's hands off for a while.</summary>
    public static Incident Held(Incident incident, string note, DateTimeOffset now, DateTimeOffset due) =>
        To(WithoutOrder(incident).Noted(EntryKind.Person, note, now), IncidentState.Held) with
        {
            ApprovedBy = null,
            Detail = note,
            Due = due,
        };

    /// <summary>A person gave an order that is about it.</summary>
    public static Incident Ordered(Incident incident, string note, DateTimeOffset now) => incident.Noted(EntryKind.Person, note, now);

    /// <summary>A person says to go on: whatever kept the service from it counts no more.</summary>
    public static Incident GoesOn(Incident incident, string? approvedBy, string note, DateTimeOffset now, DateTimeOffset due)
    {
        var state = incident.State is IncidentState.Held ? IncidentState.Pending : incident.State;
        return To(incident.Noted(EntryKind.Person, note, now), state) with
        {
            Change = KeptFix(incident.Change),
            IsUrged = true,
            Attempts = 0,
            Reverts = 0,
            ApprovedBy = approvedBy ?? incident.ApprovedBy,
            Due = due,
        };
    }

    /// <summary>Somebody has it: nobody is reminded.</summary>
    public static Incident Acknowledged(Incident incident, string by, string note, DateTimeOffset now) =>
        incident.Noted(EntryKind.Person, note, now) with { Telling = incident.Telling with { AcknowledgedBy = by } };

    /// <summary>Config found it wrong again, and the event that says so did not come.</summary>
    public static Incident WrongAgain(Incident incident, DateTimeOffset recordedAt, DateTimeOffset now) =>
        incident.Noted(EntryKind.Noted, "Config says non-compliant again", now) with
        {
            Origin = incident.Origin with { RecordedAt = recordedAt },
        };

    public static Incident Closed(Incident incident, Compliance compliance, DateTimeOffset recordedAt, DateTimeOffset now) =>
        To(incident.Noted(EntryKind.Closed, $"closed: {compliance}", now), IncidentState.Closed) with
        {
            Origin = incident.Origin with
            {
                RecordedAt = recordedAt,
                CompliantBefore = compliance is Compliance.Compliant ? recordedAt : incident.Origin.CompliantBefore,
            },
            Due = null,
        };

    private static bool IsAnswer(IncidentState to) =>
        to
            is IncidentState.Observed
                or IncidentState.AwaitingApproval
                or IncidentState.Applying
                or IncidentState.Pending
                or IncidentState.Fixed
                or IncidentState.Held
                or IncidentState.Escalated;

    /// <summary>Whatever comes afterwards is announced anew. What waits for a freeze or an hour's budget is known already.</summary>
    private static bool EndsAnnouncement(IncidentState state) =>
        state is not (IncidentState.AwaitingApproval or IncidentState.Pending or IncidentState.Escalated);

    private static Incident WithoutOrder(Incident incident) =>
        incident.Terms.Order is null ? incident : incident with { Terms = incident.Terms with { Order = null } };

    /// <summary>An order of a person counts in the state that it led to, and in no other.</summary>
    private static Incident To(Incident incident, IncidentState state) => MayMove(incident.State, state)
        ? incident with
        {
            State = state,
            Change = state is IncidentState.Fixed or IncidentState.Held or IncidentState.Closed
                ? KeptFix(incident.Change)
                : incident.Change,
            Telling = incident.Telling.Announced is null || !EndsAnnouncement(state) ? incident.Telling
                : incident.Telling with { Announced = null },
            Terms = state is IncidentState.Held or IncidentState.Observed ? incident.Terms : WithoutOrder(incident).Terms,
        }
        : throw new UnreachableException($"No move from {incident.State} to {state}.");
}

/// <summary>What a worker does with an incident that it takes up.</summary>
internal enum NextWork
{
    /// <summary>Reads the live state and plans.</summary>
    StartAnew,
    MakeCallsLeft,
    ReadAgain,
    UndoAgain,
    Nothing,
}
