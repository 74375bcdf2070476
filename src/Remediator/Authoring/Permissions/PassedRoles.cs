using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>The roles and keys that an input passes to a service, for which the caller needs permissions.</summary>
internal static partial class PassedRoles
{
    // The principal that uses the role, if it differs from the service that is called.
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

    // These create grants or data keys with the caller's own permissions.
    private static readonly string[] UsingKeys =
        ["dynamodb", "ec2", "efs", "eks", "elasticache", "es", "kinesis", "opensearch", "rds", "redshift", "secretsmanager"];

    // The values of these may contain a role although no member's name shows it.
    private static readonly string[] Hiding = ["appsync:UpdateGraphqlApi", "glue:UpdateJob", "s3:PutBucketReplication"];

    /// <param name="call">The call that may pass a role or a key.</param>
    /// <param name="policy">The policy's values for the playbook's parameters; null if no policy is used.</param>
    public static IEnumerable<Permission> Of(Call call, PolicyValues? policy)
    {
        var service = call.Operation.Split(':')[0];
        var names = Names(call.Input).ToArray();
        if (names.Any(n => Role().IsMatch(n)) || Hiding.Contains(call.Operation) || IsFeedback(call))
        {
            foreach (var role in Roles(call, policy))
            {
                yield return Pass(call.Operation, service, role);
            }
        }

        if (UsingKeys.Contains(service) && names.Any(n => Key().IsMatch(n)))
        {
            var through = new PermissionCondition("StringLike", "kms:ViaService", $"{service}.*.${{AWS::URLSuffix}}");
            foreach (var action in (string[])["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"])
            {
                yield return new(action, Actions.Scope(action), Changes: true) { Condition = through };
            }
        }
    }

    // Attributes of a topic that are given by an expression are those with the roles for delivery logs.
    private static bool IsFeedback(Call call) => call.Operation is "sns:SetTopicAttributes" && call.Input is Template.Members members
        && members.Of.Any(m => Name(m.Name).Contains("AttributeName") && m.Value is not Template.Literal);

    /// <summary>The roles in the policy, if the call takes roles only from there; otherwise any role.</summary>
    private static IEnumerable<string> Roles(Call call, PolicyValues? policy)
    {
        var parameters = RoleValues(call.Input).SelectMany(v => v.Expressions())
            .Select(e => Given().Match(e.Expression.Text) is { Success: true } match ? match.Groups[1].Value : null)
            .ToArray();
        return policy is null || parameters is [] || parameters.Contains(null)
            ? [Actions.Scope("iam:PassRole")]
            : parameters.SelectMany(p => policy.Roles(p!)).Distinct();
    }

    private static IEnumerable<Template> RoleValues(Template input) => input switch
    {
        Template.Members members => members.Of.SelectMany(m => Name(m.Name).Any(n => Role().IsMatch(n)) ? [m.Value] : RoleValues(m.Value)),
        Template.Items items => items.Of.SelectMany(RoleValues),
        _ => [],
    };

    private static Permission Pass(string operation, string service, string role)
    {
        var receiver = Receivers.GetValueOrDefault(operation) ?? Receivers.GetValueOrDefault(service) ?? $"{service}.amazonaws.com";
        return new("iam:PassRole", role, Changes: true)
        {
            Condition = new("StringEquals", "iam:PassedToService", receiver),
        };
    }

    private static IEnumerable<string> Names(Template input) => input switch
    {
        Template.Members members => members.Of.SelectMany(m => Name(m.Name).Concat(Names(m.Value))),
        Template.Items items => items.Of.SelectMany(Names),
        _ => [],
    };

    private static IEnumerable<string> Name(Template name) => name is Template.Literal literal ? [literal.Value.ToString()] : [];

    [GeneratedRegex("(?i)(rolearn|^role|_role|iaminstanceprofile|deliverlogspermissionarn|(execution|service|task|assume)role)$")]
    private static partial Regex Role();

    [GeneratedRegex(@"\Aparams\.([A-Za-z0-9_]+)\z")]
    private static partial Regex Given();

    [GeneratedRegex("(?i)kms(master)?key(id|arn|identifier)?$")]
    private static partial Regex Key();
}
