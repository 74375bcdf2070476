using System.Collections.Immutable;

namespace Remediator.Decide;

/// <summary>
/// The entries of a policy by what they name without a pattern, so that an event is held against those that may be about it: what an event
/// costs does not grow with the entries about other resources, rules and accounts.
/// </summary>
internal sealed class EntryIndex
{
    // What fewest entries name is what an entry is found by.
    private static readonly (Func<Match, ImmutableArray<string>> Patterns, Func<Subject, string> Value)[] Words =
    [
        (m => m.Resources, s => s.Resource.Id),
        (m => m.Rules, s => s.ManagedIdentifier),
        (m => m.RuleNames, s => s.RuleName),
        (m => m.Accounts, s => s.Resource.Account),
        (m => m.Types, s => s.Resource.Type),
        (m => m.Regions, s => s.Resource.Region),
    ];

    private readonly ImmutableArray<PolicyEntry> _entries;
    private readonly Dictionary<(int Word, string Value), int[]> _named;
    private readonly int[] _others;

    public EntryIndex(ImmutableArray<PolicyEntry> entries)
    {
        _entries = entries;
        var named = entries
            .SelectMany(e => Exact(e.Match).SelectMany(w => w.Values.Select(value => (w.Word, value))))
            .CountBy(key => key)
            .ToDictionary();
        var words = entries
            .Select(e => Exact(e.Match).OrderBy(w => w.Values.Sum(value => named[(w.Word, value)])).Select(w => w.Word).FirstOrDefault(-1))
            .ToArray();
        _others = [.. Enumerable.Range(0, entries.Length).Where(i => words[i] < 0)];
        _named = Enumerable
            .Range(0, entries.Length)
            .Where(i => words[i] >= 0)
            .SelectMany(i => Words[words[i]].Patterns(entries[i].Match).Distinct().Select(value => (Key: (words[i], value), Entry: i)))
            .GroupBy(x => x.Key, x => x.Entry)
            .ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>The entries that may hold for a subject, in the order of the file; which of them do is for their match to say.</summary>
    public IEnumerable<PolicyEntry> About(Subject subject) =>
        _named.Count == 0
            ? _entries
            : _others
                .Concat(Words.SelectMany((w, i) => _named.GetValueOrDefault((i, w.Value(subject))) ?? []))
                .Order()
                .Select(i => _entries[i]);

    /// <summary>
    /// The entries that may be about all that a match is about, in the order of the file: others name what the match does not.
    /// </summary>
    public IEnumerable<int> MayCover(Match match) => _others
        .Concat(Exact(match).SelectMany(w => _named.GetValueOrDefault((w.Word, w.Values[0])) ?? []))
        .Order();

    private static IEnumerable<(int Word, ImmutableArray<string> Values)> Exact(Match match) =>
        Words.Select((w, i) => (Word: i, Values: w.Patterns(match))).Where(w => IsExact(w.Values));

    private static bool IsExact(ImmutableArray<string> patterns) =>
        !patterns.IsEmpty && patterns.All(p => p.AsSpan().IndexOfAny("*?\\") < 0);
}
