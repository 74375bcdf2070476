using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>Where an incident stands.</summary>
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
/// Fixed             -           Fixed        Closed           Fixed             refused  Fixed    Held     Held     Fixed
/// Undoing           Held        Held         -                Held              refused  Held     Held     refused  Undoing
/// Held              -           Held         Closed           Fixed             refused  Fixed    refused  Held     Held
/// Escalated         -           Fixed        Closed           Escalated         refused  Fixed    refused  Held     Escalated
/// Closed            -           -            -                -                 refused  refused  Held     refused  refused
/// </code>
/// </remarks>
internal enum IncidentState
{
    Open,
    Observed,
    AwaitingApproval,
    Applying,
    Verifying,
    Pending,
    Fixed,
    Undoing,
    Held,
    Escalated,
    Closed,
}

/// <summary>One (account, region, rule, resource) out of compliance, from the first event to its end.</summary>
internal sealed record Incident
{
    public required string Id { get; init; }

    public required ResourceKey Resource { get; init; }

    public required RuleRef Rule { get; init; }

    /// <summary>The managed rule's identifier, or for a custom rule what Config calls its source.</summary>
    public string RuleIdentifier { get; init; } = "";

    public required IncidentState State { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When Config recorded the newest event that this incident has taken in.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When the sweep looks again; null once it is closed.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Config saw the resource for the first time: somebody may be setting it up still.</summary>
    public bool IsFirst { get; init; }

    public string? Annotation { get; init; }

    /// <summary>Where the calls are made; for a global resource, wherever the first event came from.</summary>
    public required string Region { get; init; }

    public string Mode { get; init; } = "";

    public string Owner { get; init; } = "";

    public string Environment { get; init; } = "";

    public string Severity { get; init; } = "warning";

    public string Playbook { get; init; } = "";

    /// <summary>The playbook as it was when the plan was made.</summary>
    public string PlaybookSource { get; init; } = "";

    /// <summary>The scope in which the plan was made: event, rule parameters, policy parameters, resolved names.</summary>
    public JsonElement Inputs { get; init; } = Json.EmptyObject;

    public Plan? Plan { get; init; }

    /// <summary>The calls of an undo that began.</summary>
    public ImmutableArray<PlannedCall> UndoCalls { get; init; } = [];

    /// <summary>What was changed by us is in place: false before the first call and after everything was put back.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The step that is being applied, or was last.</summary>
    public int Step { get; init; }

    /// <summary>The runbook that was started and not seen to end.</summary>
    public StartedRunbook? Runbook { get; init; }

    public int Attempts { get; init; }

    /// <summary>How often a fix of this setting was reverted, counted over the incidents before this one.</summary>
    public int Reverts { get; init; }

    /// <summary>Since when the setting reads as it should; null while it does not.</summary>
    public DateTimeOffset? FixedAt { get; init; }

    /// <summary>How long Config may take to confirm a fix before a person is called.</summary>
    public TimeSpan? ConfirmWithin { get; init; }

    public Reason? Reason { get; init; }

    public string? Detail { get; init; }

    /// <summary>Who agreed to the plan that is shown, until it begins or people are asked anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ApprovedBy { get; init; }

    public NoticeState Notice { get; init; }

    /// <summary>Which message went to which topic while another topic refused it: what is tried again is not said twice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reached { get; init; }

    /// <summary>The reason that the last notice gave: another one is news, the same one is not.</summary>
    public Reason? Told { get; init; }

    /// <summary>When people were called; what the ladder of reminders counts from.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>How many reminders followed the notice.</summary>
    public int Reminders { get; init; }

    /// <summary>Who took it on: nobody is reminded any more.</summary>
    public string? AcknowledgedBy { get; init; }

    public ImmutableArray<Entry> Entries { get; init; } = [];

    /// <summary>Counts the saves; a save of an older version is refused.</summary>
    public int Version { get; init; }

    /// <summary>What one incident at a time is open for.</summary>
    public string Key => KeyOf(Resource, Rule);

    public static string KeyOf(ResourceKey resource, RuleRef rule) =>
        $"{resource.Account}|{resource.Region}|{(resource.Region is ResourceKey.Global ? GlobalResources.RuleName(rule.Name) : rule.Arn)}|{resource.Type}|{resource.Id}";
}

/// <summary>A start of a runbook, written before it is made.</summary>
/// <param name="Name">The document.</param>
/// <param name="Input">The input as it goes to AWS, without the token.</param>
/// <param name="Token">By which AWS knows a second start as the same.</param>
/// <param name="At">When it was written.</param>
internal sealed record StartedRunbook(string Name, string Input, string Token, DateTimeOffset At)
{
    /// <summary>AWS's id of the run; null until AWS gave it.</summary>
    public string? Execution { get; init; }

    /// <summary>How the run was seen last, while it had not ended.</summary>
    public string? Status { get; init; }
}

/// <summary>How far the one notice of an incident has come.</summary>
internal enum NoticeState
{
    None,

    /// <summary>Due: written before it is sent.</summary>
    Due,
    Sent,

    /// <summary>Too many at once: a summary speaks for it.</summary>
    Summarised,

    /// <summary>A message with the same key said that it is over.</summary>
    Resolved,
}

/// <summary>One line of an incident's history: ids and decisions, never payloads.</summary>
internal sealed record Entry(DateTimeOffset At, string What);
