using System.Text.Json;

namespace Remediator.Values;

/// <summary>
/// Compares settings: members in any order, a null member like a missing one, numbers by value, and lists in any order,
/// because AWS returns most lists in an order of its own. Members that AWS renews by itself can be left out.
/// </summary>
internal sealed class StateComparer(IReadOnlyCollection<string> ignored)
{
    public static StateComparer Exact { get; } = new([]);

    public bool Same(JsonElement a, JsonElement b) => (a.ValueKind, b.ValueKind) switch
    {
        _ when a.IsNull() || b.IsNull() => a.IsNull() && b.IsNull(),
        (JsonValueKind.Object, JsonValueKind.Object) => SameMembers(a, b) && SameMembers(b, a),
        (JsonValueKind.Array, JsonValueKind.Array) => SameItems(a, b),
        (JsonValueKind.Number, JsonValueKind.Number) => SameNumber(a, b),
        (JsonValueKind.String, JsonValueKind.String) => a.GetString() == b.GetString(),
        _ => a.ValueKind == b.ValueKind,
    };

    public bool Ignores(string member) => ignored.Contains(member);

    public bool Contains(JsonElement list, JsonElement item) => list.IsList() && list.EnumerateArray().Any(other => Same(other, item));

    private bool SameMembers(JsonElement a, JsonElement b) =>
        a.EnumerateObject().All(m => ignored.Contains(m.Name) || Same(m.Value, b.Member(m.Name)));

    private bool SameItems(JsonElement a, JsonElement b)
    {
        if (a.GetArrayLength() != b.GetArrayLength())
        {
            return false;
        }

        var rest = b.EnumerateArray().ToList();
        return a.EnumerateArray().All(item =>
        {
            var at = rest.FindIndex(other => Same(item, other));
            if (at >= 0)
            {
                rest.RemoveAt(at);
            }

            return at >= 0;
        });
    }

    private static bool SameNumber(JsonElement a, JsonElement b) =>
        a.TryGetDecimal(out var x) && b.TryGetDecimal(out var y) ? x == y : a.GetDouble().Equals(b.GetDouble());
}
