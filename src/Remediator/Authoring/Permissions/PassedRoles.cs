using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Permissions;

/// <summary>What an input hands over to a service, which the caller needs leave to do: roles and keys.</summary>
internal static partial class PassedRoles
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

    // What an expression gives these holds a role, though no member's name shows it.
    private static readonly string[] Hiding = ["appsync:UpdateGraphqlApi", "glue:UpdateJob", "s3:PutBucketReplication"];

    /// <param name="call">The call that may hand something over.</param>
    /// <param name="policy">What the policy gives the playbook's parameters; null where no policy is looked at.</param>
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

    // The attributes of a topic that an expression names are those that hold roles for the logs of deliveries.
    private static bool IsFeedback(Call call) => call.Operation is "sns:SetTopicAttributes" && call.Input is Template.Members members
        && members.Of.Any(m => Name(m.Name).Contains("AttributeName") && m.Value is not Template.Literal);

    /// <summary>Those that the policy names, where the call takes its roles from the policy and nowhere else; else any.</summary>
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
