using System.Collections.Immutable;
using Remediator.Authoring.Checks;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>Derives what a playbook needs leave for from the calls that it makes.</summary>
internal static class PlaybookPermissions
{
    /// <summary>In order, each once. What is read and written is listed as written.</summary>
    public static ImmutableArray<Permission> Of(Playbook playbook) => Distinct(CallSite.Of(playbook).SelectMany(s => Of(s, null)));

    /// <summary>What several playbooks need together.</summary>
    public static ImmutableArray<Permission> Of(IEnumerable<Playbook> playbooks) =>
        Distinct(playbooks.SelectMany(p => CallSite.Of(p)).SelectMany(s => Of(s, null)));

    /// <summary>What they need under a policy: all may read, and those that it lets change something may write.</summary>
    public static ImmutableArray<Permission> Of(IEnumerable<Playbook> playbooks, PolicyReach reach) => Distinct(
    [
        .. playbooks.Where(reach.Reads)
            .SelectMany(p => CallSite.Of(p).Where(s => !s.Changes || reach.Changes(p)).SelectMany(s => Of(s, reach.ValuesFor(p)))),
        .. RegisteredPermissions.Of(reach),
        .. reach.ReadsHistory ? History : [],
        .. reach.ReadsStacks ? Stacks : [],
    ]);

    /// <summary>What a rollback goes back to is read from AWS Config, which knows no permissions by resource for it.</summary>
    private static readonly ImmutableArray<Permission> History = [new("config:GetResourceConfigHistory", "*", Changes: false)];

    private static readonly ImmutableArray<Permission> Stacks = [new("cloudformation:DescribeStacks", "*", Changes: false)];

    /// <summary>What one call needs.</summary>
    public static IEnumerable<Permission> Of(CallSite site, PolicyValues? policy)
    {
        var own = Started(site.Call) ?? (Actions.Of(site.Call.Operation) ?? []).Select(
            a => new Permission(a.Action, a.Resource, site.Changes));
        var looked = site.Call.Further.SelectMany(o => Actions.Of(o)!.Value.Select(
            a => new Permission(a.Action, a.Resource, Changes: o is ChangeSet.Execute or ChangeSet.Delete)));
        return site.Changes ? [.. own, .. looked, .. PassedRoles.Of(site.Call, policy)] : own;
    }

    /// <summary>A runbook by its name. Null where the call starts none, or its name is not known before.</summary>
    private static IEnumerable<Permission>? Started(Call call) =>
        call is { IsRunbook: true, Input: Template.Members { Of: [(_, Template.Literal { Value: var name }), ..] } }
            ? Runbook.Resources(name.ToString()).Select(r => new Permission(Runbook.Start, r, Changes: true))
            : null;

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
