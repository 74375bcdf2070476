using System.Collections.Immutable;
using Remediator.Decide;
using Match = Remediator.Decide.Match;

namespace Remediator.Authoring.Checks;

/// <summary>Whether one policy entry's match includes all subjects of another's. If that cannot be decided, the answer is no.</summary>
internal static class MatchCover
{
    public static bool Of(Match outer, Match inner) =>
        OfResources(outer, inner)
        && OfAccounts(outer, inner)
        && OfRules(outer, inner)
        && OfUse(outer, inner)
        && outer.Tags.All(t => inner.Tags.TryGetValue(t.Key, out var values) && All(t.Value, values));

    private static bool OfResources(Match outer, Match inner) =>
        All(outer.Resources, inner.Resources)
        && All(outer.Types, inner.Types)
        && All(outer.Services, inner.Services)
        && All(outer.Regions, inner.Regions);

    private static bool OfAccounts(Match outer, Match inner) =>
        inner.Known is { } known
            ? known.Where(inner.MatchesAccount).All(outer.MatchesAccount)
            : All(outer.Accounts, inner.Accounts)
                && (outer.Known is null || (AreExact(inner.Accounts) && inner.Accounts.All(outer.MatchesAccount)));

    private static bool OfRules(Match outer, Match inner) => All(outer.RuleNames, inner.RuleNames) && (inner.InSets is { } rules
        ? rules.Where(inner.MatchesIdentifier).All(outer.MatchesIdentifier)
        : All(outer.Rules, inner.Rules) && (outer.InSets is null || (AreExact(inner.Rules) && inner.Rules.All(outer.MatchesIdentifier))));

    private static bool OfUse(Match outer, Match inner) =>
        (outer.Impacts.IsEmpty || (!inner.Impacts.IsEmpty && inner.Impacts.All(outer.Impacts.Contains)))
        && All(outer.Playbooks, inner.Playbooks)
        && (outer.Since is null || inner.Since >= outer.Since);

    private static bool All(ImmutableArray<string> outer, ImmutableArray<string> inner) =>
        outer.IsEmpty || (!inner.IsEmpty && inner.All(i => outer.Any(o => Covers(o, i))));

    // An asterisk may stand for anything that a pattern may match, a question mark only for one character.
    private static bool Covers(string outer, string inner) =>
        outer == inner || ((!outer.Contains('?') || !inner.Contains('*')) && Wildcard.Like(outer, inner));

    private static bool AreExact(ImmutableArray<string> patterns) =>
        !patterns.IsEmpty && patterns.All(p => p.AsSpan().IndexOfAny("*?\\") < 0);
}
