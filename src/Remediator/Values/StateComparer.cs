using System.Text.Json;

namespace Remediator.Values;

/// <summary>
/// Compares settings: members in any order, a null member like a missing one, numbers by value, and lists in any order, because
/// AWS returns most lists in no fixed order. Members that AWS changes by itself can be left out.
/// </summary>
/// <remarks>Two values are the same if their keys are equal: thousands of items are compared in one pass over each list.</remarks>
internal sealed class StateComparer(IReadOnlyCollection<string> ignored)
{
    public static StateComparer Exact { get; } = new([]);

    public bool Same(JsonElement a, JsonElement b) =>
        (a.ValueKind, b.ValueKind) switch
        {
            _ when a.IsNull() || b.IsNull() => a.IsNull() && b.IsNull(),

            (JsonValueKind.Object, JsonValueKind.Object)
            or
            (JsonValueKind.Array, JsonValueKind.Array)
            or (JsonValueKind.Number, JsonValueKind.Number) => StateKey.Of(a, ignored) == StateKey.Of(b, ignored),
            (JsonValueKind.String, JsonValueKind.String) => a.GetString() == b.GetString(),
            _ => a.ValueKind == b.ValueKind,
        };

    public bool Ignores(string member) => ignored.Contains(member);

    /// <summary>The items as a set: a lookup costs as much as the item is long.</summary>
    public ItemSet Items(IEnumerable<JsonElement> items) => new(items, ignored);

    /// <summary>The items of a list; none if the value is not a list.</summary>
    public ItemSet Items(JsonElement list) => Items(list.IsList() ? list.EnumerateArray() : []);
}
