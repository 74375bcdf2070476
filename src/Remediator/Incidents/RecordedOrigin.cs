using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>What a rollback goes back to: two items of AWS Config, as anybody can look them up there.</summary>
/// <param name="CompliantAt">When the rule held.</param>
/// <param name="Good">The item from then.</param>
/// <param name="Latest">The newest item when the rollback was planned.</param>
internal sealed record RecordedOrigin(DateTimeOffset CompliantAt, RecordedItem Good, RecordedItem Latest) : Stored
{
    /// <summary>The playbooks whose steps are in the plan.</summary>
    public ImmutableArray<PlaybookVersion> Playbooks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Which item, and from when, in a sentence.</summary>
    [JsonIgnore]
    public string Words =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"AWS Config's item {Good.StateId} of {Good.CapturedAt:u}, from when the rule held; the newest is {Latest.StateId} of "
            + $"{Latest.CapturedAt:u}"
        );

    /// <summary>Who changed the resource last before the rollback, in words; null where nobody asked.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>When that was; null where CloudTrail names nobody.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>A configuration item, by its state id and the time of its capture.</summary>
internal sealed record RecordedItem(string StateId, DateTimeOffset CapturedAt) : Stored;

/// <summary>Which text of a playbook.</summary>
internal sealed record PlaybookVersion(string Name, string Hash) : Stored;
