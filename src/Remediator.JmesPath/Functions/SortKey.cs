using Remediator.JmesPath.Values;

namespace Remediator.JmesPath.Functions;

/// <summary>The key by which an item is ordered, read from its JSON once.</summary>
internal readonly record struct SortKey(string? Text, Number Number) : IComparable<SortKey>
{
    public static SortKey[] All(JmesPathValue keys) => Array.ConvertAll(keys.ItemArray(), Of);

    public int CompareTo(SortKey other) =>
        Text is not null && other.Text is not null ? CodePoints.Compare(Text, other.Text) : Number.CompareTo(other.Number);

    private static SortKey Of(JmesPathValue key) =>
        key.Type == JmesPathTypes.String ? new(key.AsString(), default) : new(null, key.Number);
}
