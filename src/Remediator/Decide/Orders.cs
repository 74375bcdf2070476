using Remediator.Incidents;

namespace Remediator.Decide;

/// <summary>Which orders of people are about a finding: an exemption goes before a hold, and a hold before a pause.</summary>
internal static class Orders
{
    public static StandingOrder? About(OrderBook book, Subject subject, DateTimeOffset now) => book.Items
        .Where(o => o.IsInForce(now) && IsAbout(o.Match, subject))
        .OrderBy(o => o.Kind is OrderKind.Exempt ? 0 : o.IsHold ? 1 : 2)
        .ThenByDescending(o => o.Until)
        .FirstOrDefault();

    /// <summary>An order only ever keeps from a change: where a name may be meant in two ways, both count.</summary>
    public static bool IsAbout(OrderMatch match, Subject s) =>
        (match.Rule is not { } rule || Like(rule, s.RuleName) || Like(rule, s.ManagedIdentifier) || Like(rule, Common(s)))
        && (match.Resource is not { } resource || Wildcard.Like(resource, s.Resource.Id))
        && (match.ResourceType is not { } type || Wildcard.Like(type, s.Resource.Type))
        && (match.Account is not { } account || Wildcard.Like(account, s.Resource.Account))
        && (match.Region is not { } region || s.Resource.Region is ResourceKey.Global || Wildcard.Like(region, s.Resource.Region));

    /// <summary>Whether it names rules, and this one among them.</summary>
    public static bool Names(OrderMatch match, string rule, string identifier) =>
        match.Rule is { } pattern && (Like(pattern, rule) || Like(pattern, identifier) || Like(pattern, GlobalResources.RuleName(rule)));

    private static string Common(Subject s) => GlobalResources.RuleName(s.RuleName);

    private static bool Like(string pattern, string name) =>
        name.Length > 0 && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);
}
