using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class ReplayTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Observing_shows_the_plan_and_changes_nothing()
    {
        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "observe");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("(not set) -> ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Calls that would be made", ran.Out, StringComparison.Ordinal);
        Assert.Contains("s3:PutPublicAccessBlock", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);
    }

    [Theory]
    [InlineData("""{"source":"remediator.sweep","detail-type":"Incident Due","detail":{"incidentKey":"any"}}""")]
    [InlineData("""{"source":"remediator.doctor"}""")]
    public async Task Message_that_is_not_a_finding_is_ignored_with_a_log_line(string message)
    {
        var ran = await cli.ReplayAsync(message, "--json");

        Assert.Equal((0, "ignored"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.NotEmpty(ran.Json.TextOf("reason")!);
        Assert.Empty(cli.Aws.Calls);
    }

    [Fact]
    public async Task The_policy_observes_until_the_mode_says_otherwise()
    {
        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--json");

        Assert.Equal("observed", ran.Json.TextOf("outcome"));
    }

    [Fact]
    public async Task With_json_the_plan_is_one_object_with_the_promised_members()
    {
        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "observe", "--json");

        Assert.Equal(
            ["outcome", "incident", "calls", "before", "after", "reason"],
            ran.Json.EnumerateObject().Select(m => m.Name));
        var call = Assert.Single(ran.Json.Member("calls").EnumerateArray());
        Assert.Equal(["operation", "input"], call.EnumerateObject().Select(m => m.Name));
        Assert.Equal("s3:PutPublicAccessBlock", call.TextOf("operation"));
        Assert.Equal("some-bucket", call.Member("input").TextOf("Bucket"));
        Assert.Equal(JsonValueKind.Null, ran.Json.Member("before").ValueKind);
        Assert.True(ran.Json.Member("after").Member("BlockPublicAcls").GetBoolean());
    }

    [Fact]
    public async Task In_mode_auto_the_resource_is_fixed_and_the_calls_are_those_made()
    {
        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto", "--json");

        Assert.Equal((0, "fixed"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.Equal(
            cli.Aws.Calls.Where(FakeCall.IsMutating),
            ran.Json.Member("calls").EnumerateArray().Select(c => c.TextOf("operation")!));
        var live = await cli.CallAsync("s3:GetPublicAccessBlock", new() { ["Bucket"] = "some-bucket" });
        Assert.True(StateComparer.Exact.Same(live.Member("PublicAccessBlockConfiguration"), ran.Json.Member("after")));
    }

    [Fact]
    public async Task A_second_event_for_what_is_right_calls_nothing()
    {
        var first = await cli.BucketEventAsync();
        await cli.ReplayAsync(first, "--mode", "auto");
        cli.Environment.Remove("REMEDIATOR_JOURNAL_TABLE");

        var ran = await cli.ReplayAsync(first, "--mode", "auto", "--json");

        Assert.Equal((0, "already-right"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.Empty(ran.Json.Member("calls").EnumerateArray());
    }

    [Fact]
    public async Task A_change_that_AWS_refuses_is_escalated_with_exit_code_1_and_nothing_counts_as_changed()
    {
        cli.Aws.On("s3:PutPublicAccessBlock", _ => throw FakeAws.Error("s3:PutPublicAccessBlock", "AccessDenied", 403));

        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto", "--json");

        Assert.Equal((1, "escalated"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.StartsWith("not-permitted", ran.Json.TextOf("reason"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, ran.Json.Member("after").ValueKind);
        Assert.NotEmpty(cli.Aws.Sns.ForQueues);
    }

    [Fact]
    public async Task Asking_first_sends_the_notice_and_changes_nothing()
    {
        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "approve", "--json");

        Assert.Equal((0, "awaiting-approval"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.Single(ran.Json.Member("calls").EnumerateArray());
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);
    }

    [Fact]
    public async Task Without_a_topic_the_notice_is_shown_and_the_journal_says_that_it_was_not_sent()
    {
        cli.Environment.Remove("REMEDIATOR_ESCALATION_TOPIC_ARN");

        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "approve");

        Assert.Contains("The notice, which was not sent:", ran.Out, StringComparison.Ordinal);
        Assert.Contains(
            "S3 Bucket some-bucket: It does not meet Config rule some-rule. A fix waits for your approval.",
            ran.Out,
            StringComparison.Ordinal);
        Assert.DoesNotContain("sns:Publish", cli.Aws.Calls);
        var id = ran.Out.Split("remediator show ")[1].Split(' ', '\n')[0].Trim();
        Assert.Contains("notice could not be sent", (await cli.RunAsync("show", id)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_table_the_journal_is_in_memory_and_that_is_said()
    {
        cli.Environment.Remove("REMEDIATOR_JOURNAL_TABLE");

        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto");

        Assert.Contains("in memory, gone when this ends", ran.Out, StringComparison.Ordinal);
        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task The_region_comes_from_the_event_and_the_account_from_AWS_where_the_environment_names_none()
    {
        cli.Aws.On("sts:GetCallerIdentity", $$"""{"Account":"{{Testing.Fakes.FakeAws.Account}}"}""");
        cli.Environment.Remove("AWS_REGION");
        cli.Environment.Remove("REMEDIATOR_ACCOUNT_ID");

        Assert.Equal(0, (await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto")).ExitCode);
    }

    [Fact]
    public async Task An_event_of_another_account_than_the_credentials_needs_a_role_there()
    {
        cli.Environment.Remove("REMEDIATOR_ACCOUNT_ID");
        cli.Aws.On("sts:GetCallerIdentity", """{"Account":"999999999999"}""");

        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto");

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains("the credentials are of 999999999999", ran.Error, StringComparison.Ordinal);
        Assert.Contains("REMEDIATOR_MEMBER_ROLE", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("config:DescribeConfigRules", cli.Aws.Calls);
    }

    [Theory]
    [InlineData("auto", 1, "escalated")]
    [InlineData("observe", 0, "observed")]
    public async Task What_is_the_services_own_is_left_to_people(string mode, int exit, string outcome)
    {
        const string topic = "arn:aws:sns:us-east-1:123456789012:escalations";
        cli.Aws.On("sns:GetTopicAttributes", $$$"""{"Attributes":{"TopicArn":"{{{topic}}}"}}""").On("cloudwatch:DescribeAlarms", "{}")
            .On("sns:ListTagsForResource", """{"Tags":[]}""");

        var ran = await cli.ReplayAsync(await EventAsync("SNS_ENCRYPTED_KMS", "AWS::SNS::Topic", topic), "--mode", mode, "--json");

        Assert.Equal((exit, outcome), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.Equal(mode is "auto", ran.Json.TextOf("reason")?.Contains("part of Remediator itself", StringComparison.Ordinal) ?? false);
        Assert.DoesNotContain("sns:SetTopicAttributes", cli.Aws.Calls);
    }

    [Theory]
    [InlineData("LAMBDA_FUNCTION_XRAY_ENABLED", "AWS::Lambda::Function", "remediator-SweepFunction-AbC")]
    [InlineData("SQS_QUEUE_NO_PUBLIC_ACCESS", "AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/remediator-Failed-1")]
    [InlineData("SQS_QUEUE_NO_PUBLIC_ACCESS", "AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/changes")]
    [InlineData("DYNAMODB_PITR_ENABLED", "AWS::DynamoDB::Table", "journal")]
    [InlineData("CW_LOGGROUP_RETENTION_PERIOD_CHECK", "AWS::Logs::LogGroup", "remediator-SweepLogs-1")]
    [InlineData("CMK_BACKING_KEY_ROTATION_ENABLED", "AWS::KMS::Key", "0b0c6ad4-3f6a-4b5e-9a51-6f0b1f2c3d4e")]
    public async Task What_the_environment_names_as_the_services_own_is_left_alone(string rule, string type, string id)
    {
        cli.Environment["REMEDIATOR_STACK"] = "remediator";
        cli.Environment["REMEDIATOR_QUEUE_URL"] = "https://sqs.us-east-1.amazonaws.com/123456789012/changes";
        cli.Environment["REMEDIATOR_JOURNAL_KEY"] = "arn:aws:kms:us-east-1:123456789012:key/0b0c6ad4-3f6a-4b5e-9a51-6f0b1f2c3d4e";
        cli.Environment["REMEDIATOR_OWN_ARNS"] =
            "arn:aws:sqs:us-east-1:123456789012:remediator-Failed-1,"
            + "arn:aws:logs:us-east-1:123456789012:log-group:remediator-SweepLogs-1:*";

        var ran = await cli.ReplayAsync(await EventAsync(rule, type, id), "--mode", "auto", "--json");

        Assert.Equal((1, "escalated"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.Contains("part of Remediator itself", ran.Json.TextOf("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Third_party_type_is_escalated_like_a_rule_without_playbook()
    {
        var bucket = await cli.BucketEventAsync();

        var ran = await cli.ReplayAsync(
            bucket.Replace("AWS::S3::Bucket", "MongoDB::Atlas::Cluster", StringComparison.Ordinal), "--mode", "auto", "--json");

        Assert.Equal((1, "escalated"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.Contains("MongoDB::Atlas::Cluster", ran.Json.TextOf("reason"), StringComparison.Ordinal);
        Assert.Equal(
            "Unsupported", (await cli.RunAsync("show", ran.Json.TextOf("incident")!, "--json")).Json.TextOf("reason"), ignoreCase: true);
    }

    [Fact]
    public async Task What_is_no_event_is_rejected_with_exit_code_1_and_needs_no_settings()
    {
        cli.Environment.Clear();

        var ran = await cli.ReplayAsync("""{"source":"aws.ec2"}""", "--json");

        Assert.Equal((1, "rejected"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.NotNull(ran.Json.TextOf("reason"));
        Assert.Equal("rejected", (await cli.ReplayAsync("not JSON", "--json")).Json.TextOf("outcome"));
    }

    [Fact]
    public async Task A_batch_from_the_queue_a_received_message_and_a_body_as_text_are_opened()
    {
        var body = await cli.BucketEventAsync();
        string[] forms =
        [
            new JsonObject { ["Records"] = new JsonArray(new JsonObject { ["messageId"] = "1", ["body"] = body }) }.ToJsonString(),
            new JsonObject { ["Messages"] = new JsonArray(new JsonObject { ["MessageId"] = "1", ["Body"] = body }) }.ToJsonString(),
            new JsonObject { ["Body"] = body }.ToJsonString(),
            JsonValue.Create(body).ToJsonString(),
        ];
        cli.Environment.Remove("REMEDIATOR_JOURNAL_TABLE");

        foreach (var form in forms)
        {
            Assert.Equal("observed", (await cli.ReplayAsync(form, "--json")).Json.TextOf("outcome"));
        }
    }

    [Fact]
    public async Task Of_several_messages_one_has_to_be_chosen()
    {
        var body = await cli.BucketEventAsync();
        var batch = new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject { ["body"] = "{}" }, new JsonObject { ["body"] = body }),
        }.ToJsonString();

        Assert.Equal(2, (await cli.ReplayAsync(batch)).ExitCode);
        Assert.Equal(2, (await cli.ReplayAsync(batch, "--record", "3")).ExitCode);
        Assert.Equal("observed", (await cli.ReplayAsync(batch, "--record", "2", "--json")).Json.TextOf("outcome"));
    }

    [Fact]
    public async Task Throttling_by_AWS_exits_with_4()
    {
        cli.Aws.On("s3:PutPublicAccessBlock", _ => throw FakeAws.Error("s3:PutPublicAccessBlock", "SlowDown", 503, AwsFault.Throttling));

        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto", "--json");

        Assert.Equal((4, "pending"), (ran.ExitCode, ran.Json.TextOf("outcome")));
    }

    [Fact]
    public async Task Parameter_overrides_the_policy_and_dots_address_members()
    {
        var group = (await cli.CallAsync("ec2:CreateSecurityGroup", new() { ["GroupName"] = "g", ["Description"] = "g" }))
            .TextOf("GroupId")!;
        await cli.CallAsync("config:PutConfigRule", new()
        {
            ["ConfigRule"] = new JsonObject
            {
                ["ConfigRuleName"] = "tagged",
                ["Source"] = new JsonObject { ["Owner"] = "AWS", ["SourceIdentifier"] = "REQUIRED_TAGS" },
                ["InputParameters"] = """{"tag1Key":"Owner"}""",
            },
        });
        var rules = await cli.CallAsync("config:DescribeConfigRules", new() { ["ConfigRuleNames"] = new JsonArray("tagged") });
        var rule = new RuleRef("tagged", rules.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
        var resource = new ResourceKey(FakeAws.Account, FakeAws.Region, "AWS::EC2::SecurityGroup", group);

        var ran = await cli.ReplayAsync(
            Some.Event(Some.Change(rule, resource)), "--mode", "observe", "--param", "tags.Owner=team-web", "--json");

        Assert.Equal("team-web", ran.Json.Member("after").TextOf("Owner"));
    }

    private async Task<string> EventAsync(string identifier, string type, string id)
    {
        await cli.CallAsync("config:PutConfigRule", new()
        {
            ["ConfigRule"] = new System.Text.Json.Nodes.JsonObject
            {
                ["ConfigRuleName"] = "own",
                ["Source"] = new System.Text.Json.Nodes.JsonObject { ["Owner"] = "AWS", ["SourceIdentifier"] = identifier },
            },
        });
        var rules = await cli.CallAsync(
            "config:DescribeConfigRules", new() { ["ConfigRuleNames"] = new System.Text.Json.Nodes.JsonArray("own") });
        var rule = new Remediator.Incidents.RuleRef("own", rules.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
        return Testing.Some.Event(Testing.Some.Change(rule, Testing.Some.Bucket() with { Type = type, Id = id }));
    }
}
