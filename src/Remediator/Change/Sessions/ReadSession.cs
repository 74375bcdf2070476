using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Remediator.Aws;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Change.Sessions;

/// <summary>The sessions in which is read: what the service itself asks, and what each playbook reads. They change nothing.</summary>
internal static class ReadSession
{
    public const string Name = "Remediator";

    /// <summary>What is asked beside playbooks: of rules and results, of tags and stacks, of who changed a resource.</summary>
    public static ImmutableArray<string> Operations { get; } =
    [
        "cloudformation:DescribeStacks",
        "cloudtrail:LookupEvents",
        "cloudwatch:DescribeAlarmHistory",
        "cloudwatch:DescribeAlarms",
        "config:BatchGetResourceConfig",
        "config:DescribeAggregateComplianceByConfigRules",
        "config:DescribeComplianceByConfigRule",
        "config:DescribeConfigRules",
        "config:DescribeConfigurationAggregatorSourcesStatus",
        "config:GetAggregateConfigRuleComplianceSummary",
        "config:GetComplianceDetailsByConfigRule",
        "config:GetComplianceDetailsByResource",
        "config:GetResourceConfigHistory",
        "config:StartConfigRulesEvaluation",
        "ec2:DescribeTags",
        // The probe of the doctor: an event that asks for nothing.
        "events:PutEvents",
        "rds:DescribeDBClusters",
        "rds:DescribeDBInstances",
        "resourcegroupstaggingapi:GetResources",
    ];

    private static readonly ConditionalWeakTable<Playbook, string> Policies = [];

    /// <summary>The session for what the service itself asks.</summary>
    public static RoleSession Own { get; } = new(Name)
    {
        Policy = SessionPolicy.Wider(Operations.SelectMany(o => Actions.Of(o) ?? []).Select(a => new Grant(a.Action, ["*"]))),
    };

    /// <summary>The way to read what a playbook reads.</summary>
    public static IAws Enter(IAwsAccounts accounts, string account, string region, Playbook playbook)
    {
        var session = Of(playbook, new(account, region));
        var aws = accounts.For(account, region, session);
        return session.Policy is null || accounts.CredentialsIn(account) is not AccountCredentials.LimitedRole
            ? aws
            : new LimitedAws(aws, "what its playbook reads");
    }

    /// <summary>On resources of all regions, so that one session serves them all. Without a policy where none fits.</summary>
    public static RoleSession Of(Playbook playbook, CallPlace place)
    {
        var policy = Policies.GetValue(playbook, p => CalledGrants.OfReads(p, place) is not { IsEmpty: false } grants ? ""
            : new[] { SessionPolicy.Of(grants), SessionPolicy.Wider(grants) }
                .FirstOrDefault(text => text.Length <= SessionPolicy.MostCharacters) ?? "");
        return new(Name) { Policy = policy.Length == 0 ? null : policy };
    }
}
