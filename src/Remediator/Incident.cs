using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Change;
using Remediator.Values;

namespace Remediator;

/// <summary>Where an incident stands.</summary>
/// <remarks>
/// What is durable when, and what a worker does that finds an incident in this state after the one before it stopped:
/// <code>
/// state             durable before it is entered          a restarted worker, or the sweep once it is due
/// Open              the event                             starts from the live state
/// Observed          the plan                              nothing: it ends with Config's next word
/// AwaitingApproval  the plan, the notice that asks        asks again after the policy's time
/// Applying          before-states, calls, step number     reads: as wanted → next step; as before → calls again; else conflict
/// Verifying         every call made                       reads again; not as wanted after the playbook's time → escalates
/// Pending           why and until when it waits           starts from the live state
/// Fixed             what was read back                    asks Config to confirm; escalates when it stays silent
/// Undoing           that an undo began, and its cause     reads: as before → Held; as written → undoes again; else conflict
/// Held              who holds it, why, until when         nothing until then
/// Escalated         the reason, that a notice is due      sends the notice if it was not sent; tries again where that can help
/// Closed            the end                               nothing: a new event opens a new incident
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

    public Reason? Reason { get; init; }

    public string? Detail { get; init; }

    public NoticeState Notice { get; init; }

    /// <summary>The reason that the last notice gave: another one is news, the same one is not.</summary>
    public Reason? Told { get; init; }

    public ImmutableArray<Entry> Entries { get; init; } = [];

    /// <summary>Counts the saves; a save of an older version is refused.</summary>
    public int Version { get; init; }

    /// <summary>What one incident at a time is open for.</summary>
    public string Key => KeyOf(Resource, Rule);

    public static string KeyOf(ResourceKey resource, RuleRef rule) =>
        $"{resource.Account}|{resource.Region}|{(resource.Region is ResourceKey.Global ? rule.Name : rule.Arn)}|{resource.Type}|{resource.Id}";
}

/// <summary>A start of a runbook, written before it is made.</summary>
/// <param name="Input">The input as it goes to AWS, without the token.</param>
/// <param name="Token">By which AWS knows a second start as the same.</param>
internal sealed record StartedRunbook(string Input, string Token);

/// <summary>How far the one notice of an incident has come.</summary>
internal enum NoticeState
{
    None,

    /// <summary>Due: written before it is sent.</summary>
    Due,
    Sent,

    /// <summary>A message with the same key said that it is over.</summary>
    Resolved,
}

/// <summary>One line of an incident's history: ids and decisions, never payloads.</summary>
internal sealed record Entry(DateTimeOffset At, string What);
