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

    private static readonly string[] KeyActions = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"];

    /// <summary>Whether a member of that name holds a role.</summary>
    public static bool IsRole(string member) => Role().IsMatch(member);

    /// <summary>Whether a member of that name holds a key that the service uses with the caller's leave.</summary>
    public static bool IsKey(string service, string member) => UsingKeys.Contains(service) && Key().IsMatch(member);

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
        var through = new PermissionCondition("StringLike", "kms:ViaService", $"{service}.*.${{AWS::URLSuffix}}");
        return KeyActions.Select(action => new Permission(action, key ?? Actions.Scope(action), Changes: true) { Condition = through });
    }

    [GeneratedRegex("(?i)(rolearn|^role|_role|iaminstanceprofile|deliverlogspermissionarn|(execution|service|task|assume)role)$")]
    private static partial Regex Role();

    [GeneratedRegex("(?i)kms(master)?key(id|arn|identifier)?$")]
    private static partial Regex Key();
}
