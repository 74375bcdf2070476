using System.Text.Json;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>Either the event's resource is changed, or nothing.</summary>
public sealed class RightResourceTests : IDisposable
{
    private const string Group = "AWS::AutoScaling::AutoScalingGroup";
    private const string GroupArn = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:6c1:autoScalingGroupName/";

    private readonly InMemoryHost host = new() { Machines = "arn:aws:sns:us-east-1:123456789012:machines" };

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Fact]
    public async Task A_group_whose_name_holds_a_slash_is_not_taken_for_the_one_behind_it()
    {
        Groups(("web", "6c1"), ("team/web", "6c1"));

        await host.EventAsync("AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED", Group, $"{GroupArn}team/web");

        var write = Assert.Single(host.Made());
        Assert.Equal("team/web", write.Input.TextOf("AutoScalingGroupName"));
    }

    [Theory]
    [InlineData("AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED")]
    [InlineData("AUTOSCALING_CAPACITY_REBALANCING")]
    public async Task A_group_that_was_made_again_under_the_same_name_is_another(string rule)
    {
        Groups(("web", "another"));

        var ended = await host.EventAsync(rule, Group, $"{GroupArn}web");

        host.AssertLeftAlone(ended, "escalated", "it may be another resource");
    }

    [Theory]
    [InlineData("aws.partner/example.com/7/default")]
    [InlineData("arn:aws:events:us-east-1:123456789012:event-bus/aws.partner/example.com/7/default")]
    public async Task A_partner_s_event_bus_is_not_taken_for_the_bus_default(string id)
    {
        await host.UsePolicyAsync(
            "defaults: {mode: auto, owner: platform, params: {busPolicy: '{\"Version\":\"2012-10-17\",\"Statement\":[]}'}}");
        host.Fake.On("events:DescribeEventBus", input =>
            OneEvent.Json(
                $$"""{"Name":"{{input.TextOf("Name")}}","Arn":"arn:aws:events:us-east-1:123456789012:event-bus/{{input.TextOf("Name")}}"}"""
            ));

        var ended = await host.EventAsync("CUSTOM_EVENTBUS_POLICY_ATTACHED", "AWS::Events::EventBus", id);

        host.AssertLeftAlone(ended, "awaiting-approval", "belongs to a partner");
    }

    [Fact]
    public async Task A_playbook_that_the_policy_names_for_a_custom_rule_is_for_its_own_types_all_the_same()
    {
        await host.UsePolicyAsync("""
            defaults: {mode: auto, owner: platform}
            rules: [{match: {resource: vict5}, playbook: s3/bucket-versioning}]
            """);

        var ended = await host.CustomRuleEventAsync("our-versioning", "AWS::EC2::SecurityGroup", "vict5");

        host.AssertLeftAlone(
            ended, "escalated", "s3/bucket-versioning is for AWS::S3::Bucket, and the resource is a AWS::EC2::SecurityGroup");
    }

    [Fact]
    public async Task A_custom_rule_that_is_called_like_one_of_AWS_is_not_answered_as_that()
    {
        host.Fake.On("s3:GetBucketVersioning", "{}");

        var ended = await host.CustomRuleEventAsync("S3_BUCKET_VERSIONING_ENABLED", "AWS::S3::Bucket", "orders");

        host.AssertLeftAlone(ended, "escalated", "No playbook answers the custom rule S3_BUCKET_VERSIONING_ENABLED");
    }

    [Theory]
    [InlineData("SNS_ENCRYPTED_KMS", "AWS::SNS::Topic", "arn:aws:sns:us-east-1:999999999999:orders")]
    [InlineData("SNS_ENCRYPTED_KMS", "AWS::SNS::Topic", "arn:aws:sns:eu-west-1:123456789012:orders")]
    [InlineData("SNS_ENCRYPTED_KMS", "AWS::SNS::Topic", "arn:aws-cn:sns:us-east-1:123456789012:orders")]
    [InlineData("SNS_ENCRYPTED_KMS", "AWS::SNS::Topic", "arn:aws:sqs:us-east-1:123456789012:orders")]
    [InlineData(
        "SECRETSMANAGER_ROTATION_ENABLED_CHECK",
        "AWS::SecretsManager::Secret",
        "arn:aws:secretsmanager:us-east-1:999999999999:secret:a-x"
    )]
    [InlineData("SQS_QUEUE_NO_PUBLIC_ACCESS", "AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/999999999999/orders")]
    [InlineData("API_GW_XRAY_ENABLED", "AWS::ApiGateway::Stage", "arn:aws:apigateway:us-east-1::/restapis/a1/resources/prod")]
    [InlineData("APPCONFIG_ENVIRONMENT_DESCRIPTION", "AWS::AppConfig::Environment", "only-one-part")]
    [InlineData("EC2_EBS_ENCRYPTION_BY_DEFAULT", "AWS::::Account", "999999999999")]
    [InlineData("S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS", "AWS::S3::AccountPublicAccessBlock", "999999999999")]
    public async Task A_name_of_another_account_region_or_kind_is_refused_before_any_call(string rule, string type, string id)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {description: d, rotationLambdaArn: a, days: 30}}");

        var ended = await host.EventAsync(rule, type, id);

        host.AssertLeftAlone(ended, "escalated", "The event");
        Assert.DoesNotContain(host.Fake.Calls, c =>
            !c.StartsWith("config:", StringComparison.Ordinal)
            && !c.StartsWith("sns:Publish", StringComparison.Ordinal)
            && !c.StartsWith("cloudtrail:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("app1")]
    [InlineData("arn:aws:appconfig:us-east-1:123456789012:application/app1")]
    public async Task A_name_and_an_ARN_are_the_same_resource(string id)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {description: d}}");
        var description = "";
        host.Fake.On("appconfig:GetApplication", input => input.TextOf("ApplicationId") is "app1"
            ? OneEvent.Json($$"""{"Description":"{{description}}"}""")
            : throw FakeAws.Error("appconfig:GetApplication", "ResourceNotFoundException", 404));
        host.Fake.On("appconfig:UpdateApplication", input =>
        {
            description = input.TextOf("Description")!;
            return OneEvent.Json("{}");
        });

        Steps.AssertOutcome("fixed", await host.EventAsync("APPCONFIG_APPLICATION_DESCRIPTION", "AWS::AppConfig::Application", id));
    }

    [Fact]
    public async Task A_job_queue_that_is_named_by_its_name_is_tagged_by_its_ARN()
    {
        const string arn = "arn:aws:batch:us-east-1:123456789012:job-queue/nightly";
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {tags: {owner: platform}}}");
        host.Fake.On(
            "batch:DescribeJobQueues", $$"""{"jobQueues":[{"jobQueueName":"nightly","jobQueueArn":"{{arn}}","status":"VALID"}]}""");
        host.Fake.On("batch:ListTagsForResource", """{"tags":{}}""");
        host.Fake.On("batch:TagResource", "{}");

        await host.EventAsync("BATCH_JOB_QUEUE_TAGGED", "AWS::Batch::JobQueue", "nightly", """{"requiredKeyTags":"owner"}""");

        Assert.All(host.Made(), call => Assert.Equal(arn, call.Input.TextOf("resourceArn")));
        Assert.NotEmpty(host.Made());
    }

    [Fact]
    public async Task An_assignment_of_another_resource_with_the_same_name_does_not_count()
    {
        await host.UsePolicyAsync(
            "defaults: {mode: auto, owner: platform, params: {backupPlanId: p1, backupRoleArn: 'arn:aws:iam::123456789012:role/b'}}");
        host.Fake.On("dynamodb:DescribeTable", """{"Table":{"TableName":"orders","TableStatus":"ACTIVE"}}""");
        host.Fake.On("backup:GetBackupPlan", "{}");
        host.Fake.On("backup:ListBackupSelections", """{"BackupSelectionsList":[{"SelectionId":"s1","SelectionName":"orders"}]}""");
        host.Fake.On(
            "backup:GetBackupSelection",
            """{"SelectionId":"s1","BackupSelection":{"SelectionName":"orders","Resources":["arn:aws:s3:::orders"]}}"""
        );

        var ended = await host.EventAsync("DYNAMODB_IN_BACKUP_PLAN", "AWS::DynamoDB::Table", "orders");

        host.AssertLeftAlone(ended, "awaiting-approval", "holds other resources");
    }

    [Fact]
    public async Task Instance_that_took_over_the_name_of_another_is_not_what_an_undo_changes()
    {
        var instances = new Dictionary<string, (string Name, string Protected)> { ["db-1"] = ("orders", "false") };
        host.Fake.On("rds:DescribeDBInstances", input => OneEvent.Json(string.Join(',', instances
            .Where(i => input.TextOf("DBInstanceIdentifier") is { } name
                ? i.Value.Name == name
                : input.Member("Filters")[0].Member("Values")[0].GetString() == i.Key)
            .Select(i => $$"""
                {"DBInstances":[{"DbiResourceId":"{{i.Key}}","DBInstanceIdentifier":"{{i.Value.Name}}","Engine":"postgres",
                 "DeletionProtection":{{i.Value.Protected}}}]}
                """))));
        host.Fake.On("rds:ModifyDBInstance", input =>
        {
            var id = instances.Single(i => i.Value.Name == input.TextOf("DBInstanceIdentifier")).Key;
            instances[id] = instances[id] with { Protected = input.Member("DeletionProtection").GetRawText() };
            return OneEvent.Json("{}");
        });
        var ended = await host.EventAsync("RDS_INSTANCE_DELETION_PROTECTION_ENABLED", "AWS::RDS::DBInstance", "db-1");
        Steps.AssertOutcome("fixed", ended);
        instances["db-1"] = ("orders-old", "true");
        instances["db-2"] = ("orders", "true");

        var undone = await host.UndoAsync(ended.Incident);

        Assert.Contains("was changed under the name 'orders' and goes by 'orders-old' now", undone.Why, StringComparison.Ordinal);
        Assert.Equal(("true", "true"), (instances["db-1"].Protected, instances["db-2"].Protected));
    }

    [Fact]
    public async Task User_who_was_made_anew_under_the_name_of_another_is_not_what_an_undo_changes()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, auto-up-to: [none, access], params: {group: staff}}");
        var users = """{"UserId":"AIDA1","UserName":"kim","Arn":"arn:aws:iam::123456789012:user/kim"}""";
        List<string> groups = [];
        host.Fake.On("iam:ListUsers", _ => OneEvent.Json($$"""{"Users":[{{users}}]}"""));
        host.Fake.On("iam:ListGroupsForUser", _ =>
            OneEvent.Json($$"""{"Groups":[{{string.Join(',', groups.Select(g => $$"""{"GroupName":"{{g}}"}"""))}}]}"""));
        host.Fake.On("iam:AddUserToGroup", input => Changed(() => groups.Add(input.TextOf("GroupName")!)));
        host.Fake.On("iam:RemoveUserFromGroup", input => Changed(() => groups.Remove(input.TextOf("GroupName")!)));
        var ended = await host.EventAsync("IAM_USER_GROUP_MEMBERSHIP_CHECK", "AWS::IAM::User", "AIDA1");
        Steps.AssertOutcome("fixed", ended);
        users = users.Replace("AIDA1", "AIDA2", StringComparison.Ordinal);

        await host.UndoAsync(ended.Incident);

        Assert.Single(host.Made());
        Assert.NotEmpty(groups);
    }

    private static JsonElement Changed(Action change)
    {
        change();
        return OneEvent.Json("{}");
    }

    private static string Arn(string id, string name) =>
        $"arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:{id}:autoScalingGroupName/{name}";

    private void Groups(params (string Name, string Id)[] groups)
    {
        var types = groups.ToDictionary(g => g.Name, _ => "EC2");
        host.Fake.On("autoscaling:DescribeAutoScalingGroups", input =>
        {
            var asked = input.Member("AutoScalingGroupNames")[0].GetString();
            return Json.Object([
                KeyValuePair.Create(
                    "AutoScalingGroups",
                    Json.List(
                        groups
                            .Where(g => g.Name == asked)
                            .Select(g =>
                                OneEvent.Json(
                                    $$"""
                                    {"AutoScalingGroupName":"{{g.Name}}","HealthCheckType":"{{types[g.Name]}}",
                                     "AutoScalingGroupARN":"{{Arn(g.Id, g.Name)}}"}
                                    """
                                )))),
            ]);
        });
        host.Fake.On("autoscaling:UpdateAutoScalingGroup", input =>
        {
            types[input.TextOf("AutoScalingGroupName")!] = input.TextOf("HealthCheckType") ?? "EC2";
            return OneEvent.Json("{}");
        });
    }
}
