using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Remediator.Aws.Permissions;

/// <summary>What an input may hand over to a service, which the caller needs leave to do: roles and keys.</summary>
internal static partial class HandedOver
{
    // Where the service that uses the role is not called like the one that is called.
    private static readonly FrozenDictionary<string, string> Receivers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["apigateway"] = "apigateway.amazonaws.com",
        // A plan holds no role but that of the malware scans, which GuardDuty makes.
        ["backup:UpdateBackupPlan"] = "malware-protection.guardduty.amazonaws.com",
        ["cloudcontrol"] = "cloudformation.amazonaws.com",
        ["ec2:CreateFlowLogs"] = "vpc-flow-logs.amazonaws.com",
        ["ecs"] = "ecs-tasks.amazonaws.com",
        ["emr"] = "elasticmapreduce.amazonaws.com",
        ["kafkaconnect"] = "kafkaconnect.amazonaws.com",
        ["rds"] = "monitoring.rds.amazonaws.com",
        ["stepfunctions"] = "states.amazonaws.com",
        ["efs"] = "elasticfilesystem.amazonaws.com",
        ["opensearch"] = "es.amazonaws.com",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // These make grants or data keys with the caller's own leave.
    private static readonly string[] UsingKeys =
        ["dynamodb", "ec2", "efs", "eks", "elasticache", "es", "kinesis", "opensearch", "rds", "redshift", "secretsmanager"];

    // A template is only stored: its keys are used with the leave of who launches from it.
    private static readonly string[] Launching = ["ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion"];

    private static readonly string[] KeyActions = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];

    // Names with "role" in them that hand no role over: a role that is itself changed, a role of another account, one inside the service.
    private static readonly FrozenSet<string> NotHandedOver = new[]
    {
        "AssumableRoleArns", "AssumeRolePolicyDocument", "ExecutionRoleIdentityConfig", "ExecutionRoleSessionNameMode", "MasterBackendRole",
        "RoleBase", "RoleName", "RoleSearchMatching", "RoleSearchSubtree", "RoleSessionName", "RolesKey", "SnowflakeRole",
        "SnowflakeRoleConfiguration", "UserRoleName", "crossAccountRoleArns", "invokerRoleName",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a member of that name holds a role.</summary>
    public static bool IsRole(string member) => !NotHandedOver.Contains(member) && Role().IsMatch(member);

    /// <summary>Whether nobody has judged yet if a member of that name holds a role.</summary>
    public static bool IsUnjudged(string member) =>
        member.Contains("role", StringComparison.OrdinalIgnoreCase) && !NotHandedOver.Contains(member) && !Role().IsMatch(member);

    /// <summary>Whether a member of that name holds a key that the operation uses with the caller's leave.</summary>
    public static bool IsKey(string operation, string member) =>
        UsingKeys.Contains(operation.Split(':')[0]) && !Launching.Contains(operation) && Key().IsMatch(member);

    public static Permission Pass(string operation, string role)
    {
        var service = operation.Split(':')[0];
        var receiver = Receivers.GetValueOrDefault(operation) ?? Receivers.GetValueOrDefault(service) ?? $"{service}.amazonaws.com";
        return new("iam:PassRole", role, Changes: true)
        {
            Condition = new("StringEquals", "iam:PassedToService", receiver),
        };
    }

    /// <param name="service">Through which the key is used.</param>
    /// <param name="key">Its ARN; null where it is not known.</param>
    public static IEnumerable<Permission> Use(string service, string? key)
    {
        var name = service is "opensearch" ? "es" : service;
        var through = new PermissionCondition("StringLike", "kms:ViaService", $"{name}.*.${{AWS::URLSuffix}}");
        return KeyActions.Select(action => new Permission(action, key ?? Actions.Scope(action), Changes: true) { Condition = through });
    }

    [GeneratedRegex("(?i)(rolearns?|^role|_role|iaminstanceprofile|deliverlogspermissionarn|iamroles?|iamrolename|"
        + "executionrolename|(execution|service|task|assume|instance|fleet|crossaccount)role)$")]
    private static partial Regex Role();

    [GeneratedRegex("(?i)kms(master)?key(id|arn|identifier)?$")]
    private static partial Regex Key();
}
