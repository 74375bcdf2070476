using System.Text.Json;

namespace Remediator.Tests.Aws.Endpoints;

/// <summary>
/// Cases that are known to differ, from <c>Cases/differing.json</c>: by service and by the parameters that all of them share
/// ("*" is any value). A case that is listed and passes all the same counts as passed.
/// </summary>
internal static class DifferingCases
{
    private static readonly JsonElement[] Listed =
        JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(EndpointCaseFiles.OwnFolder, "differing.json")))!;

    internal static bool Include(EndpointCase @case) => Listed.Any(entry =>
        entry.GetProperty("service").GetString() == @case.Service
        && entry.GetProperty("params").EnumerateObject().All(wanted => Matches(wanted, @case.Params)));

    private static bool Matches(JsonProperty wanted, JsonElement parameters) =>
        parameters.TryGetProperty(wanted.Name, out var given)
        && (wanted.Value.GetRawText() == "\"*\"" || JsonElement.DeepEquals(wanted.Value, given));
}
