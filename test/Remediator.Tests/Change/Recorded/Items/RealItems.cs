using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded.Items;

/// <summary>Configuration items that AWS Config wrote, in <c>items.json</c> of the folder that REMEDIATOR_CONFIG_ITEMS names.</summary>
internal static class RealItems
{
    /// <summary>Where ids were replaced to hide them, parts of some member names were replaced too.</summary>
    private const string Exchanged = "someones", Original = "tries";

    /// <summary>Empty if the variable is not set.</summary>
    public static ImmutableArray<JsonElement> All { get; } =
        Environment.GetEnvironmentVariable("REMEDIATOR_CONFIG_ITEMS") is { Length: > 0 } folder
            ?
            [
                .. Json.Parse(File.ReadAllText(Path.Combine(folder, "items.json")))
                    .EnumerateArray()
                    .Select(entry => Mended(entry.Member("item"))),
            ]
            : [];

    private static JsonElement Mended(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Json.Object(value.EnumerateObject().Select(m =>
            KeyValuePair.Create(m.Name.Replace(Exchanged, Original, StringComparison.Ordinal), Mended(m.Value)))),
        JsonValueKind.Array => Json.List(value.EnumerateArray().Select(Mended)),
        _ => value,
    };
}
