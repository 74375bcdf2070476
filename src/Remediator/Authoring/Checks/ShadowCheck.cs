using Remediator.Authoring.Data;
using Remediator.Decide;
using Remediator.Playbooks;
using Match = Remediator.Decide.Match;

namespace Remediator.Authoring.Checks;

/// <summary>Finds entries without any effect: an earlier entry sets each of their settings, or no finding can match them.</summary>
internal static class ShadowCheck
{
    public static IEnumerable<Problem> Of(Policy policy)
    {
        for (var i = 0; i < policy.Rules.Length; i++)
        {
            if (Empty(policy.Rules[i].Match) is { } why)
            {
                yield return new("PO026", policy.Rules[i].At, why) { IsWarning = true };
            }
            else if (Above(policy, i) is { } above)
            {
                yield return new(
                    "PO025",
                    policy.Rules[i].At,
                    $"this entry never counts: what it says is said above about all that it is about, {above}; put it higher, or remove it")
                {
                    IsWarning = true,
                };
            }
        }
    }

    /// <summary>The earlier entry that sets all settings of an entry; null if some setting may take effect.</summary>
    private static string? Above(Policy policy, int index)
    {
        var entry = policy.Rules[index];
        HashSet<string>? left = null;
        var lines = new List<int>();
        foreach (var above in policy.MayCover(entry.Match).TakeWhile(i => i < index).Select(i => policy.Rules[i]))
        {
            if (!MatchCover.Of(above.Match, entry.Match))
            {
                continue;
            }

            left ??= EntryWords.Of(entry).Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
            var before = left.Count;
            left.ExceptWith(EntryWords.Of(above).Where(IsSet).Select(w => w.Key));
            if (left.Count < before)
            {
                lines.Add(above.At.Line);
            }

            if (left.Count == 0)
            {
                return $"line {string.Join(" and ", lines)}";
            }
        }

        return null;
    }

    // Owner and environment that cannot be filled in for an account do not count as set.
    private static bool IsSet(KeyValuePair<string, string> word) =>
        word.Key.StartsWith(EntryWords.Parameters, StringComparison.Ordinal) || !AccountText.References(word.Value).Any();

    /// <summary>Why none of the rules evaluates any of the types; null if one may.</summary>
    private static string? Empty(Match match) =>
        match.Rules is not [] && match.Types is not []
        && match.Rules.All(r => ManagedRule.All.TryGetValue(r, out var rule)
            && rule.Types is not []
            && !rule.Types.Any(t => match.Types.Any(pattern => Wildcard.Like(pattern, t))))
            ? $"no finding is of these rules and types: {string.Join(", ", match.Rules.Take(3))} evaluate "
                + $"{string.Join(", ", match.Rules.SelectMany(r => ManagedRule.All[r].Types).Distinct().Take(3))}"
            : null;
}
