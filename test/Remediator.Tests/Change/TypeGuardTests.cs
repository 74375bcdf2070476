using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>The guards of a type apply to all of its playbooks.</summary>
public sealed class TypeGuardTests : IDisposable
{
    private readonly InMemoryHost host = new() { Machines = "arn:aws:sns:us-east-1:123456789012:machines" };

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Theory]
    [InlineData("RDS_INSTANCE_DELETION_PROTECTION_ENABLED")]
    [InlineData("DB_INSTANCE_BACKUP_ENABLED")]
    [InlineData("RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED")]
    [InlineData("RDS_LOGGING_ENABLED")]
    [InlineData("RDS_IN_BACKUP_PLAN")]
    public async Task Cluster_member_is_left_to_the_cluster_even_if_nothing_differs(string rule)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {backupPlanId: p, backupRoleArn: r}}");
        Instance(
            """ "Engine":"aurora-mysql","DBClusterIdentifier":"orders","BackupRetentionPeriod":0,"EnabledCloudwatchLogsExports":[] """);
        host.Fake.On("backup:ListBackupSelections", """{"BackupSelectionsList":[]}""");
        host.Fake.On("backup:GetBackupPlan", "{}");

        var ended = await host.EventAsync(rule, "AWS::RDS::DBInstance", "db-1");

        Assert.Contains(ended.Outcome, new[] { "escalated", "awaiting-approval" });
        Assert.Contains("belongs to a cluster", ended.Why, StringComparison.Ordinal);
        Assert.Empty(host.Made());
    }

    [Fact]
    public async Task What_each_member_of_a_cluster_has_for_itself_is_changed()
    {
        var isPublic = "true";
        host.Fake.On("rds:DescribeDBInstances", _ => OneEvent.Json(
                $$"""
                {"DBInstances":[{"DbiResourceId":"db-1","DBInstanceIdentifier":"one","Engine":"aurora-mysql",
                 "DBClusterIdentifier":"orders","PubliclyAccessible":{{isPublic}}}]}
                """
            ));
        host.Fake.On("rds:ModifyDBInstance", _ =>
        {
            isPublic = "false";
            return OneEvent.Json("{}");
        });

        Steps.AssertOutcome("fixed", await host.EventAsync("RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "AWS::RDS::DBInstance", "db-1"));
    }

    [Fact]
    public async Task A_table_that_is_billed_per_request_has_nothing_to_scale()
    {
        host.Fake.On(
            "dynamodb:DescribeTable",
            """
            {"Table":{"TableName":"t","BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},
             "ProvisionedThroughput":{"ReadCapacityUnits":0,"WriteCapacityUnits":0}}}
            """
        );
        await host.UsePolicyAsync(
            """
            defaults: {mode: auto, owner: platform, params: {minReadCapacity: 1, maxReadCapacity: 10, minWriteCapacity: 1,
              maxWriteCapacity: 10}}
            """
        );
        host.Fake.On("application-autoscaling:DescribeScalableTargets", """{"ScalableTargets":[]}""");
        host.Fake.On("application-autoscaling:DescribeScalingPolicies", """{"ScalingPolicies":[]}""");

        var ended = await host.EventAsync("DYNAMODB_AUTOSCALING_ENABLED", "AWS::DynamoDB::Table", "t");

        host.AssertLeftAlone(ended, "awaiting-approval", "billed per request");
    }

    [Fact]
    public async Task A_function_that_was_switched_off_stays_off()
    {
        host.Fake.On("lambda:GetFunctionConfiguration", """{"FunctionName":"f"}""");
        host.Fake.On("lambda:GetFunctionConcurrency", """{"ReservedConcurrentExecutions":0}""");

        var ended = await host.EventAsync("LAMBDA_CONCURRENCY_CHECK", "AWS::Lambda::Function", "f", """{"ConcurrencyLimitLow":"1"}""");

        host.AssertLeftAlone(ended, "awaiting-approval", "switched the function off");
    }

    [Theory]
    [InlineData(
        """{"MetricAlarms":[{"AlarmName":"cpu","AlarmActions":["arn:aws:sns:us-east-1:123456789012:orders"]}]}""",
        "{}",
        "Alarms publish"
    )]
    [InlineData(
        """{"CompositeAlarms":[{"AlarmName":"all","OKActions":["arn:aws:sns:us-east-1:123456789012:orders"]}]}""",
        "{}",
        "Alarms publish"
    )]
    [InlineData("{}", """{"Policy":"{\"Statement\":[{\"Principal\":{\"Service\":\"s3.amazonaws.com\"}}]}"}""", "Another service publishes")]
    public async Task Topic_that_AWS_publishes_to_does_not_get_the_AWS_managed_key(string alarms, string attributes, string says)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {kmsKeyId: alias/aws/sns}}");
        host.Fake.On("cloudwatch:DescribeAlarms", alarms);
        host.Fake.On("sns:GetTopicAttributes", $$"""{"Attributes":{{attributes}}}""");

        var ended = await host.EventAsync("SNS_ENCRYPTED_KMS", "AWS::SNS::Topic", "arn:aws:sns:us-east-1:123456789012:orders");

        host.AssertLeftAlone(ended, "awaiting-approval", says);
    }

    [Fact]
    public async Task RabbitMQ_is_not_sent_a_setting_that_it_lacks()
    {
        var general = "false";
        host.Fake.On(
            "mq:DescribeBroker", _ => OneEvent.Json($$$"""{"BrokerId":"b-1","EngineType":"RabbitMQ","Logs":{"General":{{{general}}}}}"""));
        host.Fake.On("mq:UpdateBroker", _ =>
        {
            general = "true";
            return OneEvent.Json("{}");
        });

        Steps.AssertOutcome("fixed", await host.EventAsync("MQ_BROKER_GENERAL_LOGGING_ENABLED", "AWS::AmazonMQ::Broker", "b-1"));

        Assert.Equal("""{"General":true}""", Assert.Single(host.Made()).Input.Member("Logs").GetRawText());
    }

    [Fact]
    public async Task A_tag_with_an_empty_value_is_there()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {tags: {owner: platform}}}");
        await host.CallAsync("ec2:CreateTags", """{"Resources":["vol-1"],"Tags":[{"Key":"owner","Value":""}]}""");

        Steps.AssertOutcome(
            "already-right", await host.EventAsync("REQUIRED_TAGS", "AWS::EC2::Volume", "vol-1", """{"tag1Key":"owner"}"""));
    }

    private void Instance(string members) =>
        host.Fake.On(
            "rds:DescribeDBInstances",
            """{"DBInstances":["""
            + """{"DbiResourceId":"db-1","DBInstanceIdentifier":"one","DBInstanceArn":"arn:aws:rds:us-east-1:123456789012:db:one","""
            + $$"""{{members}}}]}"""
        );
}
