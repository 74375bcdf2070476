using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Aws;

/// <summary>What AWS Config has recorded of a resource as it is now: its names, without relationships and tags.</summary>
internal static class LatestItem
{
    public const string Read = "config:BatchGetResourceConfig";

    /// <summary>Empty where it recorded nothing.</summary>
    public static async Task<JsonElement> OfAsync(IAws aws, ResourceKey resource, CancellationToken ct)
    {
        var key = Json.Object([new("resourceType", Json.Text(resource.Type)), new("resourceId", Json.Text(resource.Id))]);
        var output = await aws.CallAsync(Read, Json.Object([new("resourceKeys", Json.List([key]))]), ct);
        return output.Member("baseConfigurationItems") is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray().FirstOrDefault()
            : default;
    }
}
