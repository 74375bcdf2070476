using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>What the events said.</summary>
internal sealed record Origin : Stored
{
    public required ResourceKey Resource { get; init; }

    public required RuleRef Rule { get; init; }

    /// <summary>Where the calls are made; for a global resource, wherever the first event came from.</summary>
    public required string Region { get; init; }

    /// <summary>When Config recorded the newest event that this incident has taken in.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Config saw the resource for the first time: somebody may be setting it up still.</summary>
    public bool IsFirst { get; init; }

    /// <summary>When the result before was made, if that was COMPLIANT; null where the event does not say.</summary>
    public DateTimeOffset? CompliantBefore { get; init; }

    /// <summary>
    /// When Config made the item that was judged, or where time triggers the rule, was triggered; null where the event does not say.
    /// </summary>
    public DateTimeOffset? OrderedAt { get; init; }

    /// <summary>What a person asks for, as long as it is not done; null for what an event says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AskedRollback? Asked { get; init; }

    /// <summary>Config's own words on why.</summary>
    public string? Annotation { get; init; }
}
