using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>Items of a list by their canonical form: equal ones are counted, their order does not matter.</summary>
internal sealed class Bag
{
    private readonly ImmutableArray<(string Form, JsonElement Item)> _items;

    private Bag(IEnumerable<(string Form, JsonElement Item)> items) => _items = [.. items];

    public bool IsEmpty => _items.IsEmpty;

    public IEnumerable<JsonElement> Items => _items.Select(i => i.Item);

    public static Bag Of(JsonElement list, Canonical canonical) => new(list.IsList()
        ? list.EnumerateArray().Select(item => (canonical.Of(item), item)).Where(i => i.Item1.Length > 0)
        : []);

    /// <summary>The Sids of those that are statements of a policy.</summary>
    public IEnumerable<string> Sids => _items.Select(i => SidOf(i.Item)).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The form of what has a Sid; empty where nothing has it.</summary>
    public string Statement(string sid) =>
        string.Join(',', _items.Where(i => SidOf(i.Item) == sid).Select(i => i.Form).Order(StringComparer.Ordinal));

    public static string? SidOf(JsonElement item) => item.TextOf("Sid") is { Length: > 0 } sid ? sid : null;

    public Bag And(Bag other) => new(_items.Concat(other._items));

    public Bag Where(Func<JsonElement, bool> which) => new(_items.Where(i => which(i.Item)));

    public Bag Except(Bag other) => Split(other, isIn: false);

    public Bag Intersect(Bag other) => Split(other, isIn: true);

    private Bag Split(Bag other, bool isIn)
    {
        var counts = other._items.GroupBy(i => i.Form, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new(_items.Where(item =>
        {
            var left = counts.GetValueOrDefault(item.Form);
            counts[item.Form] = left - 1;
            return left > 0 == isIn;
        }));
    }
}
