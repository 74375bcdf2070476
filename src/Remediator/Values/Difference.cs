using System.Collections.Immutable;
using System.Text.Json;

namespace Remediator.Values;

/// <summary>One place where two values differ. Null means that there is nothing on that side.</summary>
internal sealed record Difference(ImmutableArray<string> Path, JsonElement Old, JsonElement New)
{
    public string At => Path.IsEmpty ? "the whole setting" : string.Join('.', Path);

    /// <summary>The smallest members in which the values differ; a list counts as one value.</summary>
    public static ImmutableArray<Difference> Between(JsonElement old, JsonElement @new, StateComparer comparer) =>
        [.. Walk([], old, @new, comparer)];

    /// <summary>Restores the old value of each difference in <paramref name="value"/>; everything else stays.</summary>
    public static JsonElement Revert(JsonElement value, IEnumerable<Difference> differences) =>
        differences.Aggregate(value, (current, d) => Set(current, d.Path.AsSpan(), d.Old));

    /// <summary>The value at this difference's place.</summary>
    public JsonElement Of(JsonElement value) => Path.Aggregate(value, (current, name) => current.Member(name));

    private static IEnumerable<Difference> Walk(ImmutableArray<string> path, JsonElement old, JsonElement @new, StateComparer comparer)
    {
        if (comparer.Same(old, @new))
        {
            return [];
        }

        if (!old.IsObject() || !@new.IsObject())
        {
            return [new(path, old, @new)];
        }

        var names = old.EnumerateObject().Select(m => m.Name).Union(@new.EnumerateObject().Select(m => m.Name));
        return names.SelectMany(name => comparer.Ignores(name) ? [] : Walk(path.Add(name), old.Member(name), @new.Member(name), comparer));
    }

    private static JsonElement Set(JsonElement value, ReadOnlySpan<string> path, JsonElement to)
    {
        if (path.IsEmpty)
        {
            return to;
        }

        var name = path[0];
        var inner = Set(value.Member(name), path[1..], to);
        IEnumerable<KeyValuePair<string, JsonElement>> others = value.IsObject()
            ? value.EnumerateObject().Where(m => m.Name != name).Select(m => KeyValuePair.Create(m.Name, m.Value))
            : [];
        return Json.Object(inner.IsNull() ? others : others.Append(KeyValuePair.Create(name, inner)));
    }
}
