using System.Collections.Immutable;

namespace Remediator.Decide;

/// <summary>How the subjects of two policy entries' matches overlap, as far as that is known before an event.</summary>
internal static class MatchOverlap
{
    /// <summary>Whether some subject may match both: two patterns are assumed to have a common match.</summary>
    public static bool May(Match one, Match other) =>
        MayBeOfOneRule(one, other)
        && May(one.RuleNames, other.RuleNames)
        && MayBeOfOneAccount(one, other)
        && May(one.Regions, other.Regions)
        && May(one.Types, other.Types)
        && May(one.Services, other.Services)
        && May(one.Resources, other.Resources)
        && (one.Impacts.IsEmpty || other.Impacts.IsEmpty || one.Impacts.Intersect(other.Impacts).Any())
        && one.Tags.All(t => !other.Tags.TryGetValue(t.Key, out var values) || May(t.Value, values));

    private static bool MayBeOfOneRule(Match one, Match other) => (one.InSets ?? other.InSets) is { } rules
        ? rules.Any(id => one.MatchesIdentifier(id) && other.MatchesIdentifier(id))
        : May(one.Rules, other.Rules);

    private static bool MayBeOfOneAccount(Match one, Match other) => (one.Known ?? other.Known) is { } known
        ? known.Any(id => one.MatchesAccount(id) && other.MatchesAccount(id))
        : May(one.Accounts, other.Accounts);

    private static bool May(ImmutableArray<string> one, ImmutableArray<string> other) =>
        one.IsEmpty || other.IsEmpty || one.Any(a => other.Any(b => May(a, b)));

    private static bool May(string one, string other) => (IsPattern(one), IsPattern(other)) switch
    {
        (true, true) => true,
        (true, false) => Wildcard.Like(one, other),
        (false, true) => Wildcard.Like(other, one),
        _ => one == other,
    };

    private static bool IsPattern(string text) => text.AsSpan().IndexOfAny("*?\\") >= 0;
}
