using System.Text.Json;
using Remediator.Authoring.Permissions;
using Remediator.Aws.Permissions;
using Remediator.Change.Sessions;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;
using CallSite = Remediator.Playbooks.CallSite;

namespace Remediator.Tests.Change.Sessions;

/// <summary>What the credentials of a change may do: the calls of its plan, on their resources.</summary>
public sealed class CalledGrantsTests
{
    private static readonly CallPlace Here = new("111111111111", "eu-west-1");
    private static readonly PlaybookLibrary Library = new(Repository.At("playbooks"));

    [Theory]
    [InlineData("s3:PutPublicAccessBlock", """{"Bucket":"b"}""", "s3:PutBucketPublicAccessBlock", "arn:aws:s3:::b")]
    [InlineData("sqs:SetQueueAttributes", """{"QueueUrl":"https://sqs.x/1/q"}""", "sqs:SetQueueAttributes", "arn:aws:sqs:eu-west-1:*:q")]
    [InlineData(
        "dynamodb:UpdateTable", """{"TableName":"t"}""", "dynamodb:UpdateTable", "arn:aws:dynamodb:eu-west-1:111111111111:table/t")]
    [InlineData(
        "kms:EnableKeyRotation",
        """{"KeyId":"arn:aws:kms:us-east-1:111111111111:key/k"}""",
        "kms:EnableKeyRotation",
        "arn:aws:kms:us-east-1:111111111111:key/k"
    )]
    [InlineData("ec2:DeleteTags", """{"Resources":["i-1","vol-2"]}""", "ec2:DeleteTags", "arn:aws:ec2:*:*:*/i-1 arn:aws:ec2:*:*:*/vol-2")]
    [InlineData(
        "iam:PutUserPolicy",
        """{"UserName":"u"}""",
        "iam:PutUserPolicy",
        "arn:aws:iam::111111111111:user/*/u arn:aws:iam::111111111111:user/u"
    )]
    [InlineData(
        "apigateway:UpdateStage",
        """{"restApiId":"a1","stageName":"prod"}""",
        "apigateway:PATCH",
        "arn:aws:apigateway:*::/restapis/a1/stages/prod"
    )]
    [InlineData(
        "sns:SetTopicAttributes", """{"TopicArn":"arn:aws:sns:eu-west-1:1:t"}""", "sns:SetTopicAttributes", "arn:aws:sns:eu-west-1:1:t")]
    public void Call_is_allowed_on_the_resource_that_its_input_names(string operation, string input, string action, string resources)
    {
        var grants = Of(operation, input);

        Assert.Equal(resources, string.Join(' ', Assert.Single(grants, g => g.Action == action).Resources));
    }

    [Theory]
    [InlineData("s3:PutPublicAccessBlock", """{"Bucket":"*"}""")]
    [InlineData("s3:PutPublicAccessBlock", """{"Bucket":"a${aws:username}"}""")]
    [InlineData("s3:PutPublicAccessBlock", """{"Bucket":"arn:aws:sqs:eu-west-1:1:q"}""")]
    [InlineData("s3:PutPublicAccessBlock", "{}")]
    public void Value_that_no_ARN_can_be_made_of_leaves_the_limit_that_is_derived_anyway(string operation, string input) =>
        Assert.Equal("arn:aws:s3:::*", Assert.Single(Assert.Single(Of(operation, input)).Resources));

    [Fact]
    public void Roles_and_keys_that_are_handed_over_may_be_handed_over_to_that_service_and_no_others()
    {
        var role = "arn:aws:iam::111111111111:role/logs";
        var passed = Assert.Single(
            Of("cloudtrail:UpdateTrail", $$"""{"Name":"t","CloudWatchLogsRoleArn":"{{role}}"}"""), g => g.Action == "iam:PassRole");
        var used = Of("rds:ModifyDBInstance", """{"DBInstanceIdentifier":"a","PerformanceInsightsKMSKeyId":"k"}""");

        Assert.Equal(role, Assert.Single(passed.Resources));
        Assert.Equal(new("StringEquals", "iam:PassedToService", "cloudtrail.amazonaws.com"), passed.Condition);
        Assert.Contains(used, g => g.Action == "kms:CreateGrant" && g.Condition!.Value == "rds.*.amazonaws.com");
        Assert.DoesNotContain(
            Of("cloudtrail:UpdateTrail", """{"Name":"t","CloudWatchLogsRoleArn":null}"""), g => g.Action == "iam:PassRole");
    }

    [Theory]
    [InlineData("LambdaFailureFeedbackRoleArn", true)]
    [InlineData("KmsMasterKeyId", false)]
    public void Role_for_the_logs_of_deliveries_is_passed(string attribute, bool isPassed) => Assert.Equal(
        isPassed,
        Of("sns:SetTopicAttributes", $$"""{"TopicArn":"arn:aws:sns:a:1:t","AttributeName":"{{attribute}}","AttributeValue":"x"}""")
            .Any(g => g.Action == "iam:PassRole"));

    [Fact]
    public void Runbook_may_be_started_by_its_name_alone()
    {
        var grants = Of(Runbook.Start, """{"DocumentName":"AWS-ResizeInstance","Parameters":{}}""");

        Assert.All(
            Assert.Single(grants, g => g.Action == Runbook.Start).Resources,
            r => Assert.Matches("AWS-ResizeInstance|automation-execution/[*]$", r));
    }

    [Fact]
    public void What_CloudFormation_does_with_the_callers_rights_cannot_be_told() => Assert.Null(
        CalledGrants.Of([new(ChangeSet.Create, Json.EmptyObject)], Library.Load("cloudformation/stack-drift"), Here));

    [Theory]
    [InlineData("arn:aws:iam::111111111111:role/logs", "arn:aws:iam::111111111111:role/logs")]
    [InlineData("arn:aws:iam::111111111111:user/anna", "arn:aws:iam::*:role/*")]
    [InlineData("arn:aws:sqs:eu-west-1:111111111111:role/logs", "arn:aws:iam::*:role/*")]
    [InlineData("arn:aws:iam::111111111111:role/*", "arn:aws:iam::*:role/*")]
    [InlineData("logs", "arn:aws:iam::*:role/*")]
    public void Role_is_handed_over_by_its_ARN_and_any_role_where_there_is_none(string role, string resource) =>
        Assert.Equal(resource, Assert.Single(Assert.Single(
            Of("cloudtrail:UpdateTrail", $$"""{"Name":"t","CloudWatchLogsRoleArn":"{{role}}"}"""),
            g => g.Action == "iam:PassRole").Resources));

    [Fact]
    public void Attribute_of_a_topic_that_holds_a_role_hands_over_that_role_and_no_other()
    {
        const string Role = "arn:aws:iam::111111111111:role/feedback";

        var passed = Assert.Single(
            Of("sns:SetTopicAttributes", $$"""
                {"TopicArn":"arn:aws:sns:a:1:t","AttributeName":"LambdaFailureFeedbackRoleArn","AttributeValue":"{{Role}}"}
                """),
            g => g.Action == "iam:PassRole");

        Assert.Equal(Role, Assert.Single(passed.Resources));
    }

    [Fact]
    public void What_one_call_of_several_needs_and_cannot_be_told_leaves_the_plan_without_a_limit() => Assert.Null(CalledGrants.Of(
        [new("s3:PutPublicAccessBlock", Json.Parse("""{"Bucket":"b"}""")), new(ChangeSet.Create, Json.EmptyObject)],
        Library.Load("cloudformation/stack-drift"),
        Here));

    [Fact]
    public void Calls_of_one_action_are_one_grant_and_all_are_in_order()
    {
        var grants = CalledGrants.Of(
            [
                new("s3:PutPublicAccessBlock", Json.Parse("""{"Bucket":"b"}""")),
                new("s3:PutBucketVersioning", Json.Parse("""{"Bucket":"b"}""")),
                new("s3:PutPublicAccessBlock", Json.Parse("""{"Bucket":"a"}""")),
                new("s3:PutPublicAccessBlock", Json.Parse("""{"Bucket":"b"}""")),
            ],
            Library.Load("s3/bucket-public-access-block"),
            Here)!.Value;

        Assert.Equal(
            ["s3:PutBucketPublicAccessBlock arn:aws:s3:::a arn:aws:s3:::b", "s3:PutBucketVersioning arn:aws:s3:::b"],
            grants.Select(g => $"{g.Action} {string.Join(' ', g.Resources)}"));
    }

    [Fact]
    public void Grants_of_one_action_are_in_the_order_of_their_conditions()
    {
        const string Role = "arn:aws:iam::111111111111:role/r";
        var topic = new PlannedCall("sns:SetTopicAttributes", Json.Parse($$"""
            {"TopicArn":"arn:aws:sns:a:1:t","AttributeName":"LambdaFailureFeedbackRoleArn","AttributeValue":"{{Role}}"}
            """));
        var trail = new PlannedCall("cloudtrail:UpdateTrail", Json.Parse($$"""{"Name":"t","CloudWatchLogsRoleArn":"{{Role}}"}"""));
        var playbook = Library.Load("s3/bucket-public-access-block");

        Assert.All([[topic, trail], [trail, topic]], (PlannedCall[] calls) => Assert.Equal(
            ["cloudtrail.amazonaws.com", "sns.amazonaws.com"],
            CalledGrants.Of(calls, playbook, Here)!.Value.Where(g => g.Action == "iam:PassRole").Select(g => g.Condition!.Value)));
    }

    [Fact]
    public void Session_for_reading_looks_at_a_change_set_and_cannot_carry_it_out()
    {
        var playbook = Library.Load("s3/bucket-public-access-block");
        var step = playbook.Steps[0];
        var write = step.Write[0] with { Operation = ChangeSet.Create, Runs = LongCall.ChangeSet };

        var grants = CalledGrants.OfReads(playbook with { Steps = [step with { Write = [write] }] }, Here)!.Value;

        Assert.Contains(grants, g => g.Action == ChangeSet.Look);
        Assert.DoesNotContain(grants, g => g.Action is ChangeSet.Execute or ChangeSet.Delete or ChangeSet.Create);
    }

    /// <summary>Cloud Control calls the service in its caller's name, unless it is given a role.</summary>
    [Theory]
    [InlineData("""{"TypeName":"AWS::SQS::Queue","Identifier":"q"}""", true)]
    [InlineData("""{"TypeName":"AWS::SQS::Queue","Identifier":"q","RoleArn":"arn:aws:iam::111111111111:role/r"}""", false)]
    public void Update_of_a_model_needs_what_the_types_handler_calls(string input, bool needsHandlers)
    {
        var playbook = Library.Load("builtin/registered/AWS::SQS::Queue");

        var actions = CalledGrants.Of([new("cloudcontrol:UpdateResource", Json.Parse(input))], playbook, Here)!.Value
            .Select(g => g.Action).ToHashSet();

        Assert.Contains("cloudformation:UpdateResource", actions);
        Assert.All(
            ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes", "sqs:TagQueue"],
            action => Assert.Equal(needsHandlers, actions.Contains(action)));
    }

    [Fact]
    public void Update_by_a_role_among_other_calls_needs_nothing_of_a_types_handler() => Assert.DoesNotContain(
        CalledGrants.Of(
            [
                new("s3:PutPublicAccessBlock", Json.Parse("""{"Bucket":"b"}""")),
                new("cloudcontrol:UpdateResource", Json.Parse(
                    """{"TypeName":"AWS::SQS::Queue","Identifier":"q","RoleArn":"arn:aws:iam::111111111111:role/r"}""")),
            ],
            Library.Load("builtin/registered/AWS::SQS::Queue"),
            Here)!.Value,
        g => g.Action == "sqs:SetQueueAttributes");

    [Fact]
    public void Update_among_other_calls_needs_what_the_types_handler_calls() => Assert.Contains(
        CalledGrants.Of(
            [
                new("s3:PutPublicAccessBlock", Json.Parse("""{"Bucket":"b"}""")),
                new("cloudcontrol:UpdateResource", Json.Parse("""{"TypeName":"AWS::SQS::Queue","Identifier":"q"}""")),
            ],
            Library.Load("builtin/registered/AWS::SQS::Queue"),
            Here)!.Value,
        g => g.Action == "sqs:SetQueueAttributes");

    [Fact]
    public void Playbook_of_which_another_call_is_planned_needs_nothing_of_a_types_handler() => Assert.DoesNotContain(
        CalledGrants.Of(
            [new("sqs:TagQueue", Json.Parse("""{"QueueUrl":"https://sqs.x/1/q"}"""))],
            Library.Load("builtin/registered/AWS::SQS::Queue"),
            Here)!.Value,
        g => g.Action == "sqs:SetQueueAttributes");

    [Theory]
    [InlineData("s3/bucket-public-access-block", "s3:GetBucketPublicAccessBlock s3:GetBucketWebsite")]
    [InlineData("ec2/instance-type", "ec2:DescribeInstances ssm:GetAutomationExecution")]
    [InlineData("builtin/registered/AWS::SQS::Queue",
        "cloudformation:GetResource cloudformation:GetResourceRequestStatus sqs:GetQueueAttributes sqs:ListQueueTags")]
    [InlineData("cloudformation/stack-drift", null)]
    public void Session_for_reading_has_what_the_playbook_reads_and_looks_at(string playbook, string? actions) => Assert.Equal(
        actions,
        CalledGrants.OfReads(Library.Load(playbook), Here) is { } grants ? string.Join(' ', grants.Select(g => g.Action)) : null);

    /// <summary>Whatever the inputs: no plan's session does what its playbook's permissions would not, nor on more resources.</summary>
    [Fact]
    public void Grants_of_every_changing_call_are_within_what_is_derived_from_its_playbook() => Assert.All(PlaybookNames(), name =>
    {
        var playbook = Library.Load(name);
        foreach (var site in CallSite.Of(playbook).Where(s => s.Changes))
        {
            if (CalledGrants.Of([new(site.Call.Operation, Json.EmptyObject)], playbook, Here) is not { } grants)
            {
                continue;
            }

            var derived = PlaybookPermissions.Of(site, policy: null).Where(p => p.Changes).ToLookup(p => p.Action);
            Assert.NotEmpty(grants);
            Assert.All(grants.Where(g => site.Call.Operation != Runbook.Start), g =>
                Assert.All(g.Resources, r => Assert.Contains(derived[g.Action], p => Here.Fill(p.Resource) == r)));
        }
    });

    /// <summary>All but the drift of stacks, which CloudFormation reads with the caller's rights.</summary>
    [Fact]
    public void Every_playbook_reads_in_a_session_that_can_read_alone()
    {
        var open = PlaybookNames().Where(name => ReadSession.Of(Library.Load(name), Here).Policy is null);

        Assert.Equal([ChangeSet.Playbook], open);
        Assert.All(PlaybookNames().Where(n => n != ChangeSet.Playbook), name =>
        {
            var playbook = Library.Load(name);
            var allowed = Actions(ReadSession.Of(playbook, Here).Policy!);
            var derived = PlaybookPermissions.Of(playbook).ToLookup(p => p.Changes, p => p.Action);
            Assert.Superset(derived[false].ToHashSet(), allowed);
            var read = CallSite.Of(playbook).Where(s => !s.Changes)
                .SelectMany(s => Remediator.Aws.Permissions.Actions.Of(s.Call.Operation)!.Value)
                .Select(a => a.Action);
            Assert.Subset(derived[false].Concat(read).ToHashSet(), allowed);
        });
    }

    [Fact]
    public void Every_guide_reads_in_a_session_that_can_read_alone() =>
        Assert.All(PlaybookLibrary.GuideNames(Repository.At("playbooks")), name =>
        {
            var reads = Library.LoadGuide(name).Reads;

            Assert.Equal(
                PlaybookPermissions.Of(reads).Select(p => p.Action).ToHashSet(), Actions(ReadSession.Of(reads, Here).Policy!));
        });

    [Fact]
    public void Service_itself_changes_nothing_in_an_account() => Assert.All(Actions(ReadSession.Own.Policy!), action => Assert.True(
        action is "config:StartConfigRulesEvaluation" or "events:PutEvents"
            || action.Split(':')[1] is var name && (name.StartsWith("Get", StringComparison.Ordinal)
                || name.StartsWith("Describe", StringComparison.Ordinal) || name.StartsWith("Lookup", StringComparison.Ordinal)
                || name.StartsWith("BatchGet", StringComparison.Ordinal)),
        action));

    internal static IEnumerable<string> PlaybookNames() => PlaybookLibrary.Names(Repository.At("playbooks"));

    private static HashSet<string> Actions(string policy) =>
    [
        .. Json.Parse(policy).Member("Statement").EnumerateArray().Select(s => s.Member("Action"))
            .SelectMany(a => a.ValueKind is JsonValueKind.Array ? a.EnumerateArray().Select(i => i.GetString()!) : [a.GetString()!]),
    ];

    private static System.Collections.Immutable.ImmutableArray<Grant> Of(string operation, string input) =>
        CalledGrants.Of([new PlannedCall(operation, Json.Parse(input))], Library.Load("s3/bucket-public-access-block"), Here)!.Value;
}
