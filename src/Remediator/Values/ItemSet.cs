using System.Text.Json;

namespace Remediator.Values;

/// <summary>A set of items, compared by a <see cref="StateComparer"/>.</summary>
internal sealed class ItemSet(IEnumerable<JsonElement> items, IReadOnlyCollection<string> ignored)
{
    private readonly HashSet<string> _keys = items.Select(i => StateKey.Of(i, ignored)).ToHashSet(StringComparer.Ordinal);

    public bool Contains(JsonElement item) => _keys.Contains(StateKey.Of(item, ignored));
}
