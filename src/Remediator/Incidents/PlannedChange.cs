using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>
/// The change that was planned for an incident, and how far it has come: all that is needed to make it, to prove it and to undo it.
/// </summary>
internal sealed record PlannedChange : Stored
{
    /// <summary>The member of <see cref="Inputs"/> that says for each tag where its value is from.</summary>
    public const string TagSources = "tagSources";

    public required Plan Plan { get; init; }

    /// <summary>The scope in which the plan was made: event, rule parameters, policy parameters, resolved names.</summary>
    public required JsonElement Inputs { get; init; }

    public required string Playbook { get; init; }

    /// <summary>Which text of the playbook the plan was made with: its SHA-256. The text itself is in the deployment.</summary>
    public required string PlaybookHash { get; init; }

    /// <summary>Where the change goes back to what AWS Config recorded: to which items. Null where it goes to a wanted value.</summary>
    public RecordedOrigin? Recorded { get; init; }

    /// <summary>Who else says what the resource is to be; null where nobody is known to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ResourceOwner? Owner { get; init; }

    /// <summary>The alarms that take the change back; null where there are none, or they are watched no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AlarmWatch? Watch { get; init; }

    /// <summary>What was shown to the people who were asked last; null where nobody was asked, or the playbook asks nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Evidence? Evidence { get; init; }

    /// <summary>Who agreed to what is under way, or asked for its undo; null where nobody was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AgreedBy { get; init; }

    /// <summary>Where the values of tags are from, in words; empty where the policy gave them all.</summary>
    [JsonIgnore]
    public string TagsFrom => Inputs.Member(TagSources) is var sources && sources.IsObject()
        ? string.Join(", ", sources.EnumerateObject().Select(s => $"{s.Name}: {s.Value.GetString()}"))
        : "";

    /// <summary>
    /// When the calls began, or were last gone on with: what the playbook's time to wait counts from. Null before the first call.
    /// </summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>The version and build that began it. Null before the first call, and where an earlier version began it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Deployment { get; init; }

    /// <summary>The step that is being applied, or was last.</summary>
    public int Step { get; init; }

    /// <summary>The step before which people are asked again: what comes before it is made. Null where they are not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AsksAt { get; init; }

    /// <summary>The step that the last agreement began with: 0 until people were asked again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int AgreedFrom { get; init; }

    /// <summary>The step that what people are asked about begins with, or what they agreed to last.</summary>
    [JsonIgnore]
    public int From => AsksAt ?? AgreedFrom;

    /// <summary>The settings that are changed already while people are asked about the rest; empty where nothing waits so.</summary>
    [JsonIgnore]
    public string Made => AsksAt is { } from ? string.Join(", ", Plan.Steps.Take(from).Select(s => s.Step)) : "";

    /// <summary>What was changed is in place: false before the first call and after everything was put back.</summary>
    public bool IsInPlace { get; init; }

    /// <summary>The runbook, or another call that only begins something, that was started and not seen to end.</summary>
    public StartedRunbook? Runbook { get; init; }

    /// <summary>A person asked for its undo, which has not come to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTakenBack { get; init; }

    /// <summary>The calls of an undo that began.</summary>
    public ImmutableArray<PlannedCall> UndoCalls { get; init => field = value.IsDefault ? [] : value; } = [];
}
