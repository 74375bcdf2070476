using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;

namespace Remediator.Emulator;

/// <summary>Calls with their input written down as it is read.</summary>
internal static class AwsCalls
{
    public static Task<JsonElement> SendAsync(this IAws aws, string operation, JsonObject input, CancellationToken ct) =>
        aws.CallAsync(operation, JsonElement.Parse(input.ToJsonString()), ct);
}
