using System.Text.Json;

namespace Remediator.Aws;

/// <summary>What AWS Config recorded of resources.</summary>
internal interface IConfigHistory
{
    /// <summary>The configuration items of a resource since a time, the newest first, page by page as they are asked for.</summary>
    IAsyncEnumerable<JsonElement> ItemsAsync(
        string account, string region, string type, string id, DateTimeOffset since, CancellationToken ct);
}
