using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace Remediator.Testing.Record.Dynamo;

/// <summary>The items of a table with the key pk, sk, and of its index due with the key open, due.</summary>
internal sealed class StoredItems
{
    private const int MostBytes = 400 * 1024;

    private readonly Dictionary<string, SortedDictionary<string, Dictionary<string, AttributeValue>>> partitions =
        new(StringComparer.Ordinal);

    private readonly Dictionary<string, SortedSet<Place>> due = new(StringComparer.Ordinal);

    public IEnumerable<Dictionary<string, AttributeValue>> All => partitions.Values.SelectMany(p => p.Values);

    public Dictionary<string, AttributeValue>? Find(ItemKey key) => partitions.GetValueOrDefault(key.Pk)?.GetValueOrDefault(key.Sk);

    public void Put(Dictionary<string, AttributeValue> item)
    {
        var key = ItemKey.Of(item);
        Remove(key);
        if (!partitions.TryGetValue(key.Pk, out var partition))
        {
            partitions[key.Pk] = partition = new(StringComparer.Ordinal);
        }

        partition[key.Sk] = item;
        if (IndexKey(item) is var (open, place))
        {
            if (!due.TryGetValue(open, out var index))
            {
                due[open] = index = [];
            }

            index.Add(place);
        }
    }

    public void Remove(ItemKey key)
    {
        if (Find(key) is { } item)
        {
            partitions[key.Pk].Remove(key.Sk);
            if (IndexKey(item) is var (open, place))
            {
                due[open].Remove(place);
            }
        }
    }

    /// <summary>The items of a partition in the order of their keys, after this one.</summary>
    public IEnumerable<Dictionary<string, AttributeValue>> Partition(string pk, Dictionary<string, AttributeValue>? after, bool isForward)
    {
        IEnumerable<Dictionary<string, AttributeValue>> items = partitions.GetValueOrDefault(pk) is { } partition ? partition.Values : [];
        items = isForward ? items : items.Reverse();
        return after is null ? items : items.SkipWhile(i => i["sk"].S != after["sk"].S).Skip(1);
    }

    /// <summary>The same of the index.</summary>
    public IEnumerable<Dictionary<string, AttributeValue>> Due(string open, Dictionary<string, AttributeValue>? after)
    {
        if (due.GetValueOrDefault(open) is not { Count: > 0 } index)
        {
            return [];
        }

        var from = after is null ? index.Min : IndexKey(after)!.Value.Place;
        return from.CompareTo(index.Max) > 0 ? [] : index.GetViewBetween(from, index.Max)
            .Where(p => after is null || p != from)
            .Select(p => Find(p.Key)!);
    }

    /// <summary>The bytes of an item, as DynamoDB counts them.</summary>
    public static int SizeOf(Dictionary<string, AttributeValue> item) => item.Sum(a => Encoding.UTF8.GetByteCount(a.Key) + (a.Value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { B: { } bytes } => (int)bytes.Length,
        { N: { } number } => (number.Length / 2) + 2,
        _ => 1,
    }));

    /// <summary>Why DynamoDB would not take it; null where it does.</summary>
    public static string? WhyNot(Dictionary<string, AttributeValue> item) =>
        SizeOf(item) > MostBytes ? "Item size has exceeded the maximum allowed size"
        : item.FirstOrDefault(a => a.Value.N is { } n && !decimal.TryParse(n, CultureInfo.InvariantCulture, out _)) is { Key: { } name }
            ? $"The parameter cannot be converted to a numeric value: {name}"
        : item.Any(a => a is { Key: "pk" or "sk" or "open" or "due", Value.S: null or "" })
            ? "A key attribute must be a text that is not empty"
        : null;

    private static (string Open, Place Place)? IndexKey(Dictionary<string, AttributeValue> item) =>
        item.TryGetValue("open", out var open) && item.TryGetValue("due", out var time)
            ? (open.S, new(time.S, ItemKey.Of(item)))
            : null;

    private readonly record struct Place(string Due, ItemKey Key) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            string.CompareOrdinal(Due, other.Due) is var byTime and not 0 ? byTime
            : string.CompareOrdinal(Key.Pk, other.Key.Pk) is var byPk and not 0 ? byPk
            : string.CompareOrdinal(Key.Sk, other.Key.Sk);
    }
}

internal readonly record struct ItemKey(string Pk, string Sk)
{
    public static ItemKey Of(Dictionary<string, AttributeValue> item) => new(item["pk"].S, item["sk"].S);
}
