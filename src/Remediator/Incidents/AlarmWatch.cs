using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>The alarms that are watched for a while after a change: one that goes into alarm takes the change back.</summary>
/// <param name="Alarms">Their names, in the account and region of the incident.</param>
/// <param name="Within">For how long after the setting was read back.</param>
internal sealed record AlarmWatch(ImmutableArray<string> Alarms, TimeSpan Within) : Stored
{
    /// <summary>When the first change began; null before that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ends; null before the setting was read back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What the policy says of alarms: which of them take a change back, and for how long.</summary>
/// <param name="Alarms">Names of CloudWatch alarms.</param>
/// <param name="OfStack">Those, too, that belong to the stack that owns the resource.</param>
/// <param name="Within">For how long they are watched after a change.</param>
internal sealed record UndoOn(ImmutableArray<string> Alarms, bool OfStack, TimeSpan Within)
{
    public override string ToString() =>
        $"{string.Join(", ", OfStack ? Alarms.Add("those of its stack") : Alarms)}, for {Within.TotalMinutes:0.#} minutes";
}
