using System.Collections.Frozen;
using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Decide;

/// <summary>
/// Which subjects a line of the policy is about. Every word given must match; each may list several patterns with <c>*</c>.
/// </summary>
internal sealed record Match
{
    public static Match All { get; } = new();

    /// <summary>Identifiers of managed rules: they match no other rule, whatever its name.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Conformance packs and standards.</summary>
    public ImmutableArray<string> Sets { get; init; } = [];

    /// <summary>The managed rules of these sets; null where no set is given.</summary>
    public FrozenSet<string>? InSets { get; init; }

    /// <summary>Names of rules, managed or custom.</summary>
    public ImmutableArray<string> RuleNames { get; init; } = [];

    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>
    /// Those of the accounts that the policy knows that are of the teams, environments and units given; null where none of these is.
    /// </summary>
    public FrozenSet<string>? Known { get; init; }

    public ImmutableArray<string> Teams { get; init; } = [];

    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>Organizational units: each with those below it.</summary>
    public ImmutableArray<string> Units { get; init; } = [];

    public ImmutableArray<string> Regions { get; init; } = [];

    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Services of resource types: <c>s3</c> of <c>AWS::S3::Bucket</c>.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    public ImmutableArray<string> Resources { get; init; } = [];

    public ImmutableDictionary<string, ImmutableArray<string>> Tags { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The impacts of the playbooks that it is about.</summary>
    public ImmutableArray<Impact> Impacts { get; init; } = [];

    public ImmutableArray<string> Playbooks { get; init; } = [];

    /// <summary>Only resources that were created then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    public bool LooksAtTags => !Tags.IsEmpty;

    /// <summary>Whether it asks which playbook is used, which what does not ask for it has to say first.</summary>
    public bool LooksAtPlaybook => !Impacts.IsEmpty || !Playbooks.IsEmpty;

    /// <summary>Whether it asks nothing that has to be read, or found out, first.</summary>
    public bool IsPlain => !LooksAtTags && !LooksAtPlaybook && Since is null;

    /// <summary>What is not known of the subject (tags, playbook, time of creation) matches nothing.</summary>
    public bool Matches(Subject s) =>
        MayMatch(s)
        && Tags.All(t => s.Tags is { } tags && tags.TryGetValue(t.Key, out var value) && Any(t.Value, value))
        && (!LooksAtPlaybook || s.Used is not null)
        && (Since is null || s.CreatedAt >= Since);

    /// <summary>Whether it matches where what is not known of the subject yet would not stand against it.</summary>
    public bool MayMatch(Subject s) =>
        MatchesRule(s.RuleName, s.ManagedIdentifier)
        && MatchesAccount(s.Resource.Account)
        && Any(Regions, s.Resource.Region)
        && Any(Types, s.Resource.Type)
        && MatchesService(s.Resource.Type)
        && Any(Resources, s.Resource.Id)
        && (s.Used is not { } used || MatchesPlaybook(used));

    public bool MatchesService(string type) =>
        Services.IsEmpty || (type.Split("::") is [_, var service, ..] && Any(Services, service.ToLowerInvariant()));

    public bool MatchesIdentifier(string id) => Any(Rules, id) && (InSets is null || InSets.Contains(id));

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
    /// <param name="identifier">Empty for a rule that AWS does not manage: no pattern is like it, and no set holds it.</param>
    public bool MatchesRule(string name, string identifier) =>
        ((Rules.IsEmpty && InSets is null) || MatchesIdentifier(identifier)) && Any(RuleNames, name);

    private bool MatchesPlaybook(PlaybooksUsed used) =>
        (Impacts.IsEmpty || Impacts.Contains(used.Impact)) && (Playbooks.IsEmpty || used.Names.Any(name => Any(Playbooks, name)));

    private static bool Any(ImmutableArray<string> patterns, string? value) =>
        patterns.IsEmpty || (value is not null && patterns.Any(p => Wildcard.Like(p, value)));
}
