using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Remediator.Decide;

/// <summary>
/// Which subjects a line of the policy is about. Every word given must match; each may list several patterns with <c>*</c>.
/// </summary>
internal sealed record Match
{
    public static Match All { get; } = new();

    /// <summary>Identifiers of managed rules: they match no other rule, whatever its name.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Names of rules, managed or custom.</summary>
    public ImmutableArray<string> RuleNames { get; init; } = [];

    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>Those of the accounts that the policy knows that are of the teams, environments and units given; null where none of these is.</summary>
    public FrozenSet<string>? Known { get; init; }

    public ImmutableArray<string> Teams { get; init; } = [];

    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>Organizational units: each with those below it.</summary>
    public ImmutableArray<string> Units { get; init; } = [];

    public ImmutableArray<string> Regions { get; init; } = [];

    public ImmutableArray<string> Types { get; init; } = [];

    public ImmutableArray<string> Resources { get; init; } = [];

    public ImmutableDictionary<string, ImmutableArray<string>> Tags { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public bool LooksAtTags => !Tags.IsEmpty;

    public bool Matches(Subject s) =>
        MatchesBesideTags(s) && Tags.All(t => s.Tags is { } tags && tags.TryGetValue(t.Key, out var value) && Any(t.Value, value));

    /// <summary>Whether it matches as far as can be said without the resource's tags.</summary>
    public bool MatchesBesideTags(Subject s) =>
        MatchesRule(s.RuleName, s.ManagedIdentifier)
        && MatchesAccount(s.Resource.Account)
        && Any(Regions, s.Resource.Region)
        && Any(Types, s.Resource.Type)
        && Any(Resources, s.Resource.Id);

    public bool MatchesAccount(string id) => Any(Accounts, id) && (Known is null || Known.Contains(id));

    /// <summary>The same match, with the accounts that it is about.</summary>
    public Match Among(IEnumerable<Account> accounts) => Teams.IsEmpty && Environments.IsEmpty && Units.IsEmpty ? this : this with
    {
        Known = accounts
            .Where(a => Any(Teams, a.Team) && Any(Environments, a.Environment) && (Units.IsEmpty || a.IsOf(Units)))
            .Select(a => a.Id)
            .ToFrozenSet(StringComparer.Ordinal),
    };

    /// <param name="name">The rule's own name.</param>
    /// <param name="identifier">Empty for a rule that AWS does not manage.</param>
    public bool MatchesRule(string name, string identifier) =>
        (Rules.IsEmpty || (identifier.Length > 0 && Any(Rules, identifier))) && Any(RuleNames, name);

    private static bool Any(ImmutableArray<string> patterns, string? value) => patterns.IsEmpty || (value is not null && patterns.Any(p => Like(p, value)));

    private static bool Like(string pattern, string value) => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);
}
