using System.Collections.Frozen;
using System.Collections.Immutable;
using Remediator.Values;

namespace Remediator.Decide;

/// <summary>
/// Conformance packs and standards, with the managed rules that each holds. The list is read only where a policy names a set.
/// </summary>
internal static class RuleSets
{
    private static FrozenDictionary<string, FrozenSet<string>> All => field ??= Read();

    public static ImmutableArray<string> Names => [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rules of all the sets; none of a set that is not known.</summary>
    public static FrozenSet<string> Of(IEnumerable<string> sets) =>
        sets.SelectMany(name => All.GetValueOrDefault(name)?.AsEnumerable() ?? []).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, FrozenSet<string>> Read()
    {
        var lines = FactFile.Lines("rule-sets.txt").Select(l => l.Split(' ')).ToLookup(l => l[0][0] is '=');
        var rules = lines[false]
            .SelectMany(l => l[1].Split(',').Select(number => (Set: $"={number}", Rule: l[0])))
            .ToLookup(x => x.Set, x => x.Rule);
        return lines[true].ToFrozenDictionary(l => l[1], l => rules[l[0]].ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
