using System.Collections.Immutable;
using System.Text.Json;

namespace Remediator.Change.Recorded;

/// <summary>How AWS Config marks an item.</summary>
internal enum ItemStatus
{
    /// <summary>The resource as it was at that time: status OK or ResourceDiscovered.</summary>
    Recorded,

    /// <summary>The resource was deleted; what comes after it under the same id is another resource.</summary>
    Deleted,

    /// <summary>Config was not recording the type: the item says nothing about the resource.</summary>
    NotRecorded,
}

/// <summary>What AWS Config recorded of a resource at one time.</summary>
/// <param name="Document">What the <c>recorded</c> expressions of playbooks see.</param>
internal sealed record ConfigurationItem(
    DateTimeOffset CapturedAt, string StateId, ItemStatus Status, ItemIdentity Identity, JsonElement Document)
{
    /// <summary>The names in <see cref="Document"/>.</summary>
    public static readonly ImmutableArray<string> Members =
        ["arn", "resourceId", "resourceName", "region", "account", "configuration", "supplementary", "tags", "relationships"];

    public JsonElement Tags => Document.GetProperty("tags");

    /// <summary>The tags, each with its value as text.</summary>
    public IReadOnlyDictionary<string, string> TagValues => Tags.ValueKind is JsonValueKind.Object
        ? Tags.EnumerateObject().ToDictionary(t => t.Name, t => t.Value.ToString(), StringComparer.Ordinal)
        : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How a person finds the item in AWS Config.</summary>
    public string Name => $"{StateId} of {CapturedAt.UtcDateTime:u}";
}
