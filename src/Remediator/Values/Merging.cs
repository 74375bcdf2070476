using System.Text.Json;

namespace Remediator.Values;

/// <summary>Merges a wanted value over the current one, so that unrelated members keep their value.</summary>
internal static class Merging
{
    /// <summary>Objects are merged member by member; anything else is replaced.</summary>
    public static JsonElement Merge(JsonElement under, JsonElement over)
    {
        if (!over.IsObject() || !under.IsObject())
        {
            return over;
        }

        var names = under.EnumerateObject().Select(m => m.Name).Union(over.EnumerateObject().Select(m => m.Name));
        return Json.Object(names.Select(name => KeyValuePair.Create(name, MergeMember(under, over, name))));
    }

    private static JsonElement MergeMember(JsonElement under, JsonElement over, string name) =>
        over.TryGetProperty(name, out var wanted) ? Merge(under.Member(name), wanted) : under.GetProperty(name);
}
