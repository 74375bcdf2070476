using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;

namespace Remediator.Emulator;

/// <summary>Calls AWS with inputs given as JSON text.</summary>
internal static class AwsCalls
{
    public static Task<JsonElement> SendAsync(this IAws aws, string operation, JsonObject input, CancellationToken ct) =>
        aws.CallAsync(operation, JsonElement.Parse(input.ToJsonString()), ct);
}
