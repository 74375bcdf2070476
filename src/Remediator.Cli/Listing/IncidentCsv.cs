using Remediator.Incidents;

namespace Remediator.Cli.Listing;

/// <summary>Incidents as comma-separated values (RFC 4180), a line each.</summary>
internal static class IncidentCsv
{
    private static readonly (string Name, Func<Incident, string?> Value)[] Columns =
    [
        ("id", i => i.Id),
        ("state", i => i.State.StoredName()),
        ("severity", i => i.Terms.Severity.Name()),
        ("reason", i => i.Reason?.Name()),
        ("team", i => i.Terms.Owner),
        ("account", i => i.Resource.Account),
        ("accountName", i => i.Terms.AccountName),
        ("region", i => i.Resource.Region),
        ("resourceType", i => i.Resource.Type),
        ("resourceId", i => i.Resource.Id),
        ("rule", i => i.Rule.Name),
        ("ruleIdentifier", i => i.Terms.RuleIdentifier),
        ("playbook", i => i.Playbook),
        ("mode", i => i.Terms.Mode?.Name()),
        ("changed", i => i.IsChanged ? "true" : "false"),
        ("openedAt", i => $"{i.OpenedAt:O}"),
        ("changedAt", i => $"{i.ChangedAt:O}"),
        ("due", i => $"{i.Due:O}"),
        ("wrong", i => IncidentWords.Wrong(i)),
        ("detail", i => i.Detail),
    ];

    public static void Write(TextWriter to, IEnumerable<Incident> incidents)
    {
        Csv.Line(to, Columns.Select(c => c.Name));
        foreach (var incident in incidents)
        {
            Csv.Line(to, Columns.Select(c => c.Value(incident) ?? ""));
        }
    }
}
