using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>What people were told of an incident.</summary>
internal sealed record Telling : Stored
{
    public NoticeState Notice { get; init; }

    /// <summary>Which message went to which topic while another topic refused it: what is tried again is not said twice.</summary>
    public ImmutableArray<Delivered> Reached { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The reason that the last notice gave: another one is news, the same one is not.</summary>
    [JsonPropertyName("Told")]
    public Reason? ToldReason { get; init; }

    /// <summary>How what was told went: the message that says that it is over goes the same ways. Null before the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Route>? Routes { get; init; }

    /// <summary>When people were called; what the ladder of reminders counts from.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The problem whose one notice speaks for it; null where it has its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Problem { get; init; }

    /// <summary>How many reminders followed the notice.</summary>
    public int Reminders { get; init; }

    /// <summary>The team that was called because nobody took it on; null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Further { get; init; }

    /// <summary>The plan that people heard of before it is carried out, and when they did; null where none was announced.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Announcement? Announced { get; init; }

    /// <summary>What people were given where no playbook answers the rule; null where there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Help? Help { get; init; }

    /// <summary>Who took it on: nobody is reminded any more.</summary>
    public string? AcknowledgedBy { get; init; }
}

/// <summary>What people were told will be done.</summary>
/// <param name="Plan">The plan's identity.</param>
/// <param name="At">When they were told.</param>
internal sealed record Announcement(string Plan, DateTimeOffset At) : Stored;

/// <summary>A message that a topic took.</summary>
internal sealed record Delivered(NoticeKind Kind, string Topic) : Stored;

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

/// <summary>What people are told about an incident.</summary>
internal enum NoticeKind
{
    /// <summary>Automation stopped: a person has to act.</summary>
    Escalation,

    /// <summary>A person has to agree before anything is changed.</summary>
    Approval,

    /// <summary>It is over; same key as the notice before.</summary>
    Resolved,

    /// <summary>The same news for another team, because nobody took it on.</summary>
    Further,
}
