using System.Collections.Immutable;
using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>Derives the IAM permissions of a playbook from its calls.</summary>
internal static class PlaybookPermissions
{
    /// <summary>Sorted, without duplicates. What is both read and written is listed as written.</summary>
    public static ImmutableArray<Permission> Of(Playbook playbook) => Distinct(CallSite.Of(playbook).SelectMany(s => Of(s, null)));

    /// <summary>The permissions of several playbooks together.</summary>
    public static ImmutableArray<Permission> Of(IEnumerable<Playbook> playbooks) =>
        Distinct(playbooks.SelectMany(p => CallSite.Of(p)).SelectMany(s => Of(s, null)));

    /// <summary>Their permissions under a policy: all may read, and those that the policy lets change something may write.</summary>
    /// <param name="playbooks">All that may change something.</param>
    /// <param name="reach">What the policy allows.</param>
    /// <param name="guides">What is read for people, where the policy has them called about a guide's rules.</param>
    public static ImmutableArray<Permission> Of(
        IEnumerable<Playbook> playbooks, PolicyReach reach, IEnumerable<Guide>? guides = null) => Distinct(
    [
        .. (guides ?? []).Where(reach.Assists).SelectMany(g => CallSite.Of(g.Reads)).SelectMany(s => Of(s, null)),
        .. playbooks.Where(reach.Reads)
            .SelectMany(p => CallSite.Of(p).Where(s => !s.Changes || reach.Changes(p)).SelectMany(s => Of(s, reach.ValuesFor(p)))),
        .. RegisteredPermissions.Of(reach),
        .. reach.ReadsHistory ? History : [],
        .. reach.ReadsStacks ? Stacks : [],
        .. reach.NotesFindings ? Findings : [],
        .. reach.OpensOpsItems ? OpsItems : [],
    ]);

    /// <summary>A rollback reads AWS Config's history, for which IAM has no resource-level permissions.</summary>
    private static readonly ImmutableArray<Permission> History = [new("config:GetResourceConfigHistory", "*", Changes: false)];

    private const string Hub = "arn:${AWS::Partition}:securityhub:*:*:hub/default";

    private static readonly ImmutableArray<Permission> Stacks = [new("cloudformation:DescribeStacks", "*", Changes: false)];

    private static readonly ImmutableArray<Permission> Findings =
    [
        new(AwsFindings.Read, Hub, Changes: false), new(AwsFindings.Write, Hub, Changes: true), new(LatestItem.Read, "*", Changes: false),
    ];

    // IAM has no resource-level permissions for a new OpsItem.
    private static readonly ImmutableArray<Permission> OpsItems =
    [
        new(AwsOpsItems.Create, "*", Changes: true),
        new(AwsOpsItems.Update, "arn:${AWS::Partition}:ssm:*:*:opsitem/*", Changes: true),
    ];

    /// <summary>The permissions of one call.</summary>
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
