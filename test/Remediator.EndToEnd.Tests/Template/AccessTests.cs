using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>The permissions on the service's own resources, and the limits of its roles.</summary>
public sealed partial class AccessTests(TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    [Theory]
    [InlineData(
        "ComplianceQueuePolicy",
        "sqs:SendMessage",
        "ComplianceChangeRule",
        "AlarmRule",
        "ForwardedChangeRule",
        "ForwardedAlarmRule",
        "SweepRole",
        "OperateRole",
        "OperatorRoleArns"
    )]
    [InlineData(
        "UndeliveredQueuePolicy", "sqs:SendMessage", "ComplianceChangeRule", "AlarmRule", "ForwardedChangeRule", "ForwardedAlarmRule")]
    [InlineData("FailedQueuePolicy", "sqs:SendMessage")]
    [InlineData("EscalationTopicPolicy", "sns:Publish", "RemediateRole", "SweepRole", "OperateRole")]
    [InlineData("EventsTopicPolicy", "sns:Publish", "RemediateRole", "SweepRole", "OperateRole")]
    [InlineData("AlarmTopicPolicy", "sns:Publish")]
    public void Only_who_is_named_puts_something_in(string policy, string action, params string[] senders)
    {
        var denial = Denial(policy, action);

        Assert.Equal("*", denial.GetProperty("Principal").GetString());
        Assert.Equal(senders.Order(StringComparer.Ordinal), Names(denial.GetProperty("Condition")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alarms_reach_their_topic()
    {
        var statements = Statements("AlarmTopicPolicy").ToArray();

        var allowed = Assert.Single(statements, s => s.GetProperty("Effect").GetString() == "Allow");
        Assert.Equal("cloudwatch.amazonaws.com", allowed.GetProperty("Principal").GetProperty("Service").GetString());
        // The principals excepted from the denial are exactly those that are allowed.
        Assert.Equal(
            allowed.GetProperty("Condition").GetProperty("ArnLike").GetProperty("aws:SourceArn").ToString(),
            Denial("AlarmTopicPolicy", "sns:Publish").GetProperty("Condition").GetProperty("ArnNotLike").GetProperty("aws:SourceArn")
                .ToString());
    }

    [Theory]
    [InlineData("ComplianceQueuePolicy")]
    [InlineData("UndeliveredQueuePolicy")]
    [InlineData("FailedQueuePolicy")]
    [InlineData("EscalationTopicPolicy")]
    [InlineData("EventsTopicPolicy")]
    [InlineData("AlarmTopicPolicy")]
    public void Nothing_goes_over_a_plain_connection(string policy) => Assert.Contains(
        Statements(policy),
        s => s.GetProperty("Effect").GetString() == "Deny"
            && s.GetProperty("Condition").TryGetProperty("Bool", out var when) && when.TryGetProperty("aws:SecureTransport", out var secure)
                && secure.GetString() == "false");

    [Fact]
    public void Every_queue_and_topic_has_a_policy()
    {
        string[] open = [.. template.OfType("AWS::SQS::Queue").Concat(template.OfType("AWS::SNS::Topic")).Select(r => r.Name)];
        var closed = template.OfType("AWS::SQS::QueuePolicy").Concat(template.OfType("AWS::SNS::TopicPolicy"))
            .SelectMany(p => Names(p.Properties)).ToHashSet();

        Assert.All(open, name => Assert.Contains(name, closed));
    }

    [Theory]
    [InlineData("EscalationTopicPolicy")]
    [InlineData("EventsTopicPolicy")]
    [InlineData("AlarmTopicPolicy")]
    public void Other_accounts_do_not_subscribe(string policy) => Assert.Equal(
        "AWS::AccountId",
        Denial(policy, "sns:Subscribe").GetProperty("Condition").GetProperty("StringNotEquals").GetProperty("aws:PrincipalAccount")
            .GetProperty("Ref").GetString());

    [Fact]
    public void Only_the_functions_and_the_operators_write_the_journal()
    {
        var denial = Assert.Single(
            template
                .Properties("Journal")
                .GetProperty("ResourcePolicy")
                .GetProperty("PolicyDocument")
                .GetProperty("Statement")
                .EnumerateArray());

        Assert.Equal(
            ["OperateRole", "OperatorRoleArns", "RemediateRole", "SweepRole"],
            Names(denial.GetProperty("Condition")).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PartiQLDelete", "dynamodb:PartiQLInsert",
                "dynamodb:PartiQLUpdate", "dynamodb:PutItem", "dynamodb:UpdateItem",
            ],
            denial.GetProperty("Action").EnumerateArray().Select(a => a.GetString()));
    }

    [Fact]
    public void Roles_may_change_the_services_own_resources_only_as_far_as_its_work_needs()
    {
        var denial = Assert.Single(Statements("ServicePermissions"), s => s.GetProperty("Effect").GetString() == "Deny");
        string[] types =
        [
            "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Lambda::Function", "AWS::DynamoDB::Table", "AWS::IAM::Role", "AWS::Logs::LogGroup",
            "AWS::Events::EventBus", "AWS::KMS::Key",
        ];
        var covered = Names(denial.GetProperty("Resource")).ToHashSet();

        Assert.All(types.SelectMany(template.OfType), r => Assert.Contains(r.Name, covered));
        Assert.All(denial.GetProperty("NotAction").EnumerateArray().Select(a => a.GetString()!), action =>
            Assert.Matches(
                "^(dynamodb:(ConditionCheck|Delete|Get|Put|Update)Item|dynamodb:Query|sns:Publish|kms:GenerateMac|sqs:(ReceiveMessage|"
                + "SendMessage|DeleteMessage|ChangeMessageVisibility)|logs:(CreateLogStream|PutLogEvents)|[a-z]+:(Get|List|Describe)\\*)$",
                action));
    }

    [Fact]
    public void The_functions_own_roles_reach_no_resource_of_an_account()
    {
        var functions = new[] { "RemediateRole", "SweepRole", "OperateRole" };
        var theirs = template.OfType("AWS::IAM::ManagedPolicy")
            .Where(p => p.Properties.TryGetProperty("Roles", out var roles) && Names(roles).Any(functions.Contains))
            .SelectMany(p => p.Properties.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray())
            .Where(s => s.GetProperty("Effect").GetString() == "Allow")
            .SelectMany(s => Texts(s.GetProperty("Action")));

        Assert.Equal(
            [
                "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
                "dynamodb:UpdateItem", "sns:Publish", "sts:AssumeRole", "sts:SetSourceIdentity",
                "xray:PutTelemetryRecords", "xray:PutTraceSegments",
            ],
            theirs.Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            template.OfType("AWS::IAM::ManagedPolicy").Where(p => p.Name.StartsWith("PlaybookPermissions", StringComparison.Ordinal)),
            p => Assert.Equal(["AccountRole"], Names(p.Properties.GetProperty("Roles"))));
    }

    [Fact]
    public async Task The_roles_in_accounts_let_the_functions_alone_in_and_take_the_name_of_who_agreed()
    {
        var member = await template.WithAsync("deploy/member.yaml");
        var trusts = new[] { template.Properties("AccountRole"), member.GetProperty("MemberRole").GetProperty("Properties") }
            .Select(r => r.GetProperty("AssumeRolePolicyDocument").GetProperty("Statement").EnumerateArray().ToArray());

        Assert.All(trusts, trust =>
        {
            Assert.All(trust, s => Assert.True(
                s.GetProperty("Condition").GetProperty("ArnEquals").TryGetProperty("aws:PrincipalArn", out _), s.ToString()));
            Assert.Equal(
                ["sts:AssumeRole", "sts:SetSourceIdentity"],
                trust.SelectMany(s => Texts(s.GetProperty("Action"))).Order(StringComparer.Ordinal));
        });
        Assert.Equal(
            ["OperateRole", "RemediateRole", "SweepRole"],
            Names(template.Properties("AccountRole").GetProperty("AssumeRolePolicyDocument").GetProperty("Statement")[0]
                .GetProperty("Condition")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_role_in_the_own_account_may_change_nothing_of_the_services_own()
    {
        var denial = Assert.Single(Statements("AccountPermissions"), s => s.GetProperty("Effect").GetString() == "Deny");
        var ofFunctions = Assert.Single(Statements("ServicePermissions"), s => s.GetProperty("Effect").GetString() == "Deny");

        Assert.Equal(ofFunctions.GetProperty("Resource").ToString(), denial.GetProperty("Resource").ToString());
        Assert.All(Texts(denial.GetProperty("NotAction")), action => Assert.Matches("^[a-z]+:(Get|List|Describe)[*]$", action));
    }

    [Fact]
    public void The_URL_asks_IAM_and_belongs_to_an_alias_of_its_own()
    {
        var url = template.Properties("OperateUrl");

        Assert.Equal(("AWS_IAM", "url"), (url.GetProperty("AuthType").GetString(), url.GetProperty("Qualifier").GetString()));
        Assert.Equal(url.GetProperty("Qualifier").GetString(), template.Properties("OperateUrlAlias").GetProperty("Name").GetString());
        Assert.DoesNotContain(
            template.OfType("AWS::Lambda::Permission"),
            p => p.Properties.ToString().Contains("InvokeFunctionUrl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_role_may_be_bounded()
    {
        var member = await template.WithAsync("deploy/member.yaml");
        var roles = template
            .OfType("AWS::IAM::Role")
            .Select(r => r.Properties)
            .Concat(
                member
                    .EnumerateObject()
                    .Where(r => r.Value.GetProperty("Type").GetString() == "AWS::IAM::Role")
                    .Select(r => r.Value.GetProperty("Properties")));

        Assert.All(
            roles, role => Assert.Equal("HasBoundary", role.GetProperty("PermissionsBoundary").GetProperty("Fn::If")[0].GetString()));
    }

    [Fact]
    public void The_external_id_is_not_shown_among_the_parameters()
    {
        Assert.True(template.Parameters.GetProperty("MemberExternalId").GetProperty("NoEcho").GetBoolean());
        Assert.Matches(@"ExternalId:\n    Type: String\n    NoEcho: true", File.ReadAllText(Repository.At("deploy", "member.yaml")));
    }

    // README says that the shipped template only allows reads.
    [Fact]
    public void Shipped_template_allows_no_writes_in_the_accounts()
    {
        var writes = template.OfType("AWS::IAM::ManagedPolicy").Where(
            p => p.Name.StartsWith("PlaybookPermissions", StringComparison.Ordinal))
            .SelectMany(p => p.Properties.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray())
            .Where(s => !s.GetProperty("Sid").GetString()!.StartsWith("Reads", StringComparison.Ordinal));

        Assert.Empty(writes);
    }

    [Fact]
    public async Task Members_forward_in_every_region_and_have_their_roles_once()
    {
        var member = await template.WithAsync("deploy/member.yaml");
        var rule = member.GetProperty("ForwardingRule");
        var alarms = member.GetProperty("AlarmForwardingRule");

        Assert.All([rule, alarms], r => Assert.False(r.TryGetProperty("Condition", out _)));
        Assert.All(
            member.EnumerateObject().Where(
                r => r.Value.GetProperty("Type").GetString()!.StartsWith("AWS::IAM::", StringComparison.Ordinal)),
            r => Assert.Equal("IsHome", r.Value.GetProperty("Condition").GetString()));
        Assert.All([rule, alarms], r =>
        {
            var target = Assert.Single(r.GetProperty("Properties").GetProperty("Targets").EnumerateArray());
            Assert.Equal("CentralBusArn", target.GetProperty("Arn").GetProperty("Ref").GetString());
            Assert.Contains(
                "${ForwardingRoleName}", target.GetProperty("RoleArn").GetProperty("Fn::Sub").GetString(), StringComparison.Ordinal);
        });
        // The rules of the bus accept what member accounts forward, and so do the own account's.
        Assert.All(
            new[] { (rule, "ComplianceChangeRule"), (rule, "ForwardedChangeRule"), (alarms, "AlarmRule"), (alarms, "ForwardedAlarmRule") },
            pair => Assert.Equal(
                pair.Item1.GetProperty("Properties").GetProperty("EventPattern").ToString(),
                template.Properties(pair.Item2).GetProperty("EventPattern").ToString()));
    }

    [Fact]
    public void Members_are_let_in_by_their_organization_or_by_name()
    {
        var (organization, accounts) = (template.Properties("OrganizationBusPolicy"), template.Properties("AccountsBusPolicy"));

        Assert.Equal(
            "OrganizationId",
            organization
                .GetProperty("Statement")
                .GetProperty("Condition")
                .GetProperty("StringEquals")
                .GetProperty("aws:PrincipalOrgID")
                .GetProperty("Ref")
                .GetString());
        Assert.Equal(
            "MemberAccountIds",
            accounts.GetProperty("Statement").GetProperty("Principal").GetProperty("AWS").GetProperty("Ref").GetString());
        Assert.Equal("HasOrganization", template.Resources.GetProperty("OrganizationBusPolicy").GetProperty("Condition").GetString());
        Assert.Equal("HasMemberAccounts", template.Resources.GetProperty("AccountsBusPolicy").GetProperty("Condition").GetString());
    }

    private static string[] Texts(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [value.GetString()!];

    private JsonElement Denial(string policy, string action) => Assert.Single(
        Statements(policy),
        s =>
            s.GetProperty("Effect").GetString() == "Deny" && s.GetProperty("Action") is { ValueKind: JsonValueKind.String } one
                && one.GetString() == action);

    private JsonElement.ArrayEnumerator Statements(string policy) =>
        template.Properties(policy).GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray();

    /// <summary>
    /// The resources and parameters that a part of this template refers to, without conditions' names and pseudo parameters.
    /// </summary>
    private static IEnumerable<string> Names(JsonElement node, string? name = null) => (node.ValueKind switch
    {
        JsonValueKind.Object when node.TryGetProperty("Ref", out var to) => [to.GetString()!],
        JsonValueKind.Object when node.TryGetProperty("Fn::GetAtt", out var to) => [to[0].GetString()!],
        JsonValueKind.Object => node.EnumerateObject().SelectMany(m => Names(m.Value, m.Name)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(i => Names(i)),
        JsonValueKind.String when name is "Fn::Sub" => Hole().Matches(node.GetString()!).Select(m => m.Groups[1].Value),
        _ => (IEnumerable<string>)[],
    }).Where(n => !n.StartsWith("AWS::", StringComparison.Ordinal)).Distinct();

    [GeneratedRegex(@"\$\{([A-Za-z0-9:]+)[.}]")]
    private static partial Regex Hole();
}
