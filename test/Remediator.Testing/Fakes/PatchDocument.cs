using System.Text.Json;
using Remediator.Values;

namespace Remediator.Testing.Fakes;

/// <summary>RFC 6902 for objects: a list is one value.</summary>
internal static class PatchDocument
{
    /// <summary>The document after all operations.</summary>
    public static JsonElement Apply(JsonElement document, string patch) => Json.Parse(patch).EnumerateArray().Aggregate(document, Apply);

    /// <exception cref="InvalidOperationException">The operation refers to a missing place, or is none of the three.</exception>
    public static JsonElement Apply(JsonElement document, JsonElement operation)
    {
        string[] path = [.. operation.TextOf("path")!.Split('/').Skip(1).Select(Unescaped)];
        var parent = path.SkipLast(1).Aggregate(document, (value, name) => value.Member(name));
        var isThere = !parent.Member(path[^1]).IsNull();
        return (operation.TextOf("op"), parent.IsObject(), isThere) switch
        {
            ("add", true, _) or ("replace", true, true) => Set(document, path, operation.Member("value")),
            ("remove", true, true) => Set(document, path, Json.Null),
            _ => throw new InvalidOperationException($"No way to make {operation.GetRawText()} in {document.GetRawText()}."),
        };
    }

    private static JsonElement Set(JsonElement value, ReadOnlySpan<string> path, JsonElement to)
    {
        if (path.IsEmpty)
        {
            return to;
        }

        var (name, inner) = (path[0], Set(value.Member(path[0]), path[1..], to));
        var others = value.EnumerateObject().Where(m => m.Name != name).Select(m => KeyValuePair.Create(m.Name, m.Value));
        return Json.Object(inner.IsNull() ? others : others.Append(new(name, inner)));
    }

    private static string Unescaped(string name) =>
        name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
