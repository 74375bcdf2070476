using System.Collections.Immutable;

namespace Remediator.Decide;

/// <summary>Who may agree to changes for whom: by team, the roles and users whose word counts.</summary>
/// <param name="ByTeam">Patterns of names, or of whole ARNs; under <c>*</c> for every team that has none of its own.</param>
internal sealed record Approvers(ImmutableDictionary<string, ImmutableArray<string>> ByTeam)
{
    private const string AnyTeam = "*";

    public static Approvers Anybody { get; } = new(ImmutableDictionary<string, ImmutableArray<string>>.Empty);

    /// <summary>Those who may agree for a team; null where anybody may who can give commands.</summary>
    public ImmutableArray<string>? For(string? team) =>
        ByTeam.TryGetValue(team ?? "", out var own) ? own : ByTeam.TryGetValue(AnyTeam, out var all) ? all : null;

    /// <param name="team">Whose the incident is.</param>
    /// <param name="name">The name of the caller's role, or of the user; null where AWS verified nobody.</param>
    /// <param name="arn">The caller's ARN.</param>
    public bool May(string? team, string? name, string? arn) => For(team) is not { } patterns
        || (name is not null && arn is not null
            && patterns.Any(p => Wildcard.Like(p, p.StartsWith("arn:", StringComparison.Ordinal) ? arn : name)));
}
