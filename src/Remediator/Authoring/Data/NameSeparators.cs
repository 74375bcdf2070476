using System.Collections.Frozen;
using Remediator.Values;

namespace Remediator.Authoring.Data;

/// <summary>The separators that the names of a resource type cannot contain.</summary>
internal static class NameSeparators
{
    private static FrozenDictionary<string, string> All => field ??= FactFile.Lines("name-separators.txt").Select(l => l.Split(' '))
        .ToFrozenDictionary(l => l[0], l => l[1], StringComparer.Ordinal);

    public static bool Lacks(string type, string separator) =>
        separator.Length > 0 && All.TryGetValue(type, out var lacking) && separator.All(lacking.Contains);
}
