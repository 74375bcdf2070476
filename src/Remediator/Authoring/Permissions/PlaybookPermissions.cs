using System.Collections.Immutable;
using Remediator.Authoring.Checks;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>Derives what a playbook needs leave for from the calls that it makes.</summary>
internal static class PlaybookPermissions
{
    /// <summary>In order, each once. What is read and written is listed as written.</summary>
    public static ImmutableArray<Permission> Of(Playbook playbook) => Distinct(CallSite.Of(playbook).SelectMany(Of));

    /// <summary>What several playbooks need together.</summary>
    public static ImmutableArray<Permission> Of(IEnumerable<Playbook> playbooks) => Distinct(playbooks.SelectMany(p => CallSite.Of(p)).SelectMany(Of));

    private static IEnumerable<Permission> Of(CallSite site)
    {
        var own = (Actions.Of(site.Call.Operation) ?? []).Select(a => new Permission(a.Action, a.Resource, site.Changes));
        var looked = site.Call.IsRunbook ? Actions.Of(Runbook.Look)!.Value.Select(a => new Permission(a.Action, a.Resource, Changes: false)) : [];
        return site.Changes ? [.. own, .. looked, .. PassedRoles.Of(site.Call)] : own;
    }

    private static ImmutableArray<Permission> Distinct(IEnumerable<Permission> permissions) =>
    [
        .. permissions
            .GroupBy(p => (p.Action, p.Resource, p.Condition))
            .Select(same => same.First() with { Changes = same.Any(p => p.Changes) })
            .OrderBy(p => p.Action, StringComparer.Ordinal)
            .ThenBy(p => p.Resource, StringComparer.Ordinal)
            .ThenBy(p => p.Condition?.Value, StringComparer.Ordinal),
    ];
}
