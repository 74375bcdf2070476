using System.Collections.Immutable;
using System.IO.Enumeration;
using Remediator.Incidents;

namespace Remediator.Cli.Listing;

/// <summary>Which incidents a person means. Every word given must match; a word given several times matches by any of its values.</summary>
internal sealed record IncidentFilter
{
    public ImmutableArray<string> Rules { get; init; } = [];

    public ImmutableArray<string> Playbooks { get; init; } = [];

    public ImmutableArray<string> Deployments { get; init; } = [];

    public ImmutableArray<string> Teams { get; init; } = [];

    public ImmutableArray<string> Accounts { get; init; } = [];

    /// <summary>Null where no state is given: each command has its own default.</summary>
    public ImmutableHashSet<IncidentState>? States { get; init; }

    /// <summary>Beside those, the states that only a later version knows.</summary>
    public bool HasLaterStates { get; init; }

    public ImmutableArray<Severity> Severities { get; init; } = [];

    public ImmutableArray<Reason> Reasons { get; init; } = [];

    public ImmutableArray<string> SaidBy { get; init; } = [];

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>No option was given: every incident would match.</summary>
    public bool IsEmpty =>
        this
            is
        {
            States: null,
            Since: null,
            Until: null,
            Rules: [],
            Playbooks: [],
            Deployments: [],
            Teams: [],
            Accounts: [],
            Severities: [],
            Reasons: [],
            SaidBy: []
        };

    public bool Matches(Incident i) =>
        (States is null || States.Contains(i.State) || (HasLaterStates && !i.State.IsKnown()))
        && Any(Rules, i.Rule.Name, i.Terms.RuleIdentifier)
        && Any(Playbooks, i.Playbook)
        && Any(Deployments, i.Change?.Deployment ?? "")
        && Any(Teams, i.Terms.Owner)
        && Any(Accounts, i.Resource.Account, i.Terms.AccountName ?? "")
        && (Severities.IsEmpty || Severities.Contains(i.Terms.Severity))
        && (Reasons.IsEmpty || (i.Reason is { } reason && Reasons.Contains(reason)))
        && (SaidBy.IsEmpty || Any(SaidBy, [.. Speakers(i)]))
        && !(TimeOf(i) < Since) && !(TimeOf(i) > Until);

    /// <summary>When the change began; where nothing was changed, when the incident was opened.</summary>
    public static DateTimeOffset TimeOf(Incident i) => i.Change?.BeganAt ?? i.OpenedAt;

    /// <summary>Who gave a command about it, or took it on.</summary>
    private static IEnumerable<string> Speakers(Incident i)
    {
        string[] givers = [", claimed by ", ", verified as "];
        foreach (var entry in i.Entries.Where(e => e.Kind is EntryKind.Person))
        {
            foreach (var giver in givers.Where(g => entry.What.Contains(g, StringComparison.Ordinal)))
            {
                yield return entry.What[(entry.What.IndexOf(giver, StringComparison.Ordinal) + giver.Length)..].Split(": ")[0];
            }
        }

        foreach (var name in new[] { i.ApprovedBy, i.Telling.AcknowledgedBy })
        {
            if (name is not null)
            {
                yield return name;
            }
        }
    }

    private static bool Any(ImmutableArray<string> patterns, params ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            if (patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, value, ignoreCase: true)))
            {
                return true;
            }
        }

        return patterns.IsEmpty;
    }
}
