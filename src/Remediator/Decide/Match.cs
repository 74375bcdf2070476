using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Remediator.Decide;

/// <summary>Which subjects a line of the policy is about. Every word given must match; each may list several patterns with <c>*</c>.</summary>
internal sealed record Match
{
    public static Match All { get; } = new();

    /// <summary>Rule names or managed-rule identifiers.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    public ImmutableArray<string> Accounts { get; init; } = [];

    public ImmutableArray<string> Regions { get; init; } = [];

    public ImmutableArray<string> Types { get; init; } = [];

    public ImmutableArray<string> Resources { get; init; } = [];

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public bool LooksAtTags => !Tags.IsEmpty;

    public bool Matches(Subject s) =>
        Any(Rules, s.RuleIdentifier, s.RuleName)
        && Any(Accounts, s.Resource.Account)
        && Any(Regions, s.Resource.Region)
        && Any(Types, s.Resource.Type)
        && Any(Resources, s.Resource.Id)
        && Tags.All(t => s.Tags is { } tags && tags.TryGetValue(t.Key, out var value) && Like(t.Value, value));

    /// <summary>Whether a rule is among those that are named here, whatever else has to match.</summary>
    public bool NamesRule(string identifier, string name) => !Rules.IsEmpty && Any(Rules, identifier, name);

    private static bool Any(ImmutableArray<string> patterns, params ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            if (patterns.Any(p => Like(p, value)))
            {
                return true;
            }
        }

        return patterns.IsEmpty;
    }

    private static bool Like(string pattern, string value) => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);
}
