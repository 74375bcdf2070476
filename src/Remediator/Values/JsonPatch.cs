using System.Text.Json;

namespace Remediator.Values;

/// <summary>
/// The smallest patch (RFC 6902) from one object to another: each operation at the deepest object that both have; lists are replaced whole.
/// </summary>
internal static class JsonPatch
{
    public static JsonElement Between(JsonElement from, JsonElement to) => Json.List(
        Difference.Between(from, to, StateComparer.Exact).Select(d => d.New.IsNull()
            ? Json.Object([new("op", Json.Text("remove")), new("path", Pointer(d))])
            : Json.Object([new("op", Json.Text(d.Old.IsNull() ? "add" : "replace")), new("path", Pointer(d)), new("value", d.New)])));

    /// <summary>A JSON Pointer (RFC 6901).</summary>
    private static JsonElement Pointer(Difference difference) => Json.Text(string.Concat(difference.Path.Select(
        name => $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}")));
}
