using System.Text.Json;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>A rule's parameters are tested on what is read, on what would be written, and on what is read back.</summary>
public sealed class RuleParameterScenarioTests
{
    private const string Own = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/own/6f7e3c1a-0d7b-4f0e-9d4f-2f3f6a1b2c3d";
    private const string Other = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/other/7f7e3c1a-0d7b-4f0e-9d4f-2f3f6a1b2c3d";
    private const string Key = "6f7e3c1a-0d7b-4f0e-9d4f-2f3f6a1b2c3d";

    [Theory]
    [InlineData("Enabled", """{"isMfaDeleteEnabled":"true"}""", "not-configured")]
    [InlineData("Suspended", """{"isMfaDeleteEnabled":"True"}""", "not-configured")]
    [InlineData("Suspended", """{"isMfaDeleteEnabled":"false"}""", "fixed")]
    [InlineData("Suspended", """{"isMfaDeleteEnabled":""}""", "fixed")]
    [InlineData("Suspended", """{"newInTheNextVersion":"5"}""", "not-configured")]
    [InlineData("Enabled", """{"newInTheNextVersion":"5"}""", "not-configured")]
    public async Task Versioning_is_right_only_with_all_that_the_rule_asks_for(string status, string parameters, string expected)
    {
        await using var host = new InMemoryHost();
        Holding(host, "s3:GetBucketVersioning", "s3:PutBucketVersioning", $$"""{"Status":"{{status}}"}""", "VersioningConfiguration");

        await EndsAsync(
            host,
            expected,
            "S3_BUCKET_VERSIONING_ENABLED",
            parameters,
            new(host.Account, host.Region, "AWS::S3::Bucket", "b"),
            expected is "fixed" ? 1 : 0);
    }

    [Theory]
    [InlineData("alias/aws/sns", Key, "", "not-configured", null)]
    [InlineData(null, Key, "", "fixed", Key)]
    [InlineData("alias/x", Key, "", "fixed", Key)]
    [InlineData(Key, Key + ",alias/y", "", "not-configured", null)]
    [InlineData(null, Key, "kmsKeyId: alias/z", "not-configured", null)]
    [InlineData(null, "", "", "fixed", "alias/aws/sns")]
    public async Task Topic_is_encrypted_under_a_key_that_the_rule_takes_or_not_at_all(
        string? now, string named, string given, string expected, string? written)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"defaults: {{mode: auto, params: {{{given}}}}}");
        if (now is "alias/aws/sns")
        {
            // The same in another account, whose rules are not trusted to name keys.
            await host.UsePolicyAsync("defaults: {mode: auto, trust-rule-parameters: false}");
        }

        var attributes = now is null ? "{}" : $$"""{"KmsMasterKeyId":"{{now}}"}""";
        host.Fake.On("cloudwatch:DescribeAlarms", "{}");
        host.Fake.On("sns:GetTopicAttributes", _ => Json.Parse($$"""{"Attributes":{{attributes}}}"""));
        host.Fake.On("sns:SetTopicAttributes", input =>
        {
            attributes = $$"""{"KmsMasterKeyId":"{{input.TextOf("AttributeValue")}}"}""";
            return Json.EmptyObject;
        });

        await EndsAsync(host, expected, "SNS_ENCRYPTED_KMS", $$"""{"kmsKeyIds":"{{named}}"}""",
            new(host.Account, host.Region, "AWS::SNS::Topic", "arn:aws:sns:us-east-1:123456789012:t"), written is null ? 0 : 1);
        Assert.True(written is null || attributes.Contains(written, StringComparison.Ordinal), attributes);
    }

    [Theory]
    [InlineData(Other, Own, Own, "fixed")]
    [InlineData(Other, Own, Other, "not-configured")]
    [InlineData(Own, Own, Own, "already-right")]
    [InlineData(Other, "", Own, "already-right")]
    public async Task Working_acl_is_replaced_only_by_one_that_the_rule_accepts(string now, string named, string given, string expected)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"defaults: {{mode: auto, params: {{webAclArn: '{given}'}}}}");
        host.Fake.On("wafv2:GetWebACLForResource", _ => Json.Parse($$$"""{"WebACL":{"ARN":"{{{now}}}"}}"""));
        host.Fake.On("apigateway:GetStage", """{"stageName":"s"}""");
        host.Fake.On("wafv2:AssociateWebACL", input =>
        {
            now = input.TextOf("WebACLArn")!;
            return Json.EmptyObject;
        });

        await EndsAsync(
            host,
            expected,
            "API_GW_ASSOCIATED_WITH_WAF",
            $$"""{"WebAclArns":"{{named}}"}""",
            new(host.Account, host.Region, "AWS::ApiGateway::Stage", "arn:aws:apigateway:us-east-1::/restapis/a/stages/s"),
            expected is "fixed" ? 1 : 0);
    }

    [Theory]
    [InlineData("2", "fixed")]
    [InlineData("3", "not-configured")]
    public async Task Subnets_of_too_few_zones_are_not_called_a_fix(string zones, string expected)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, params: {subnetIds: [subnet-b]}}");
        var subnets = "subnet-a";
        host.Fake.On("autoscaling:DescribeAutoScalingGroups", _ =>
            Json.Parse(
                $$"""{"AutoScalingGroups":[{"AutoScalingGroupName":"web","AutoScalingGroupARN":"{{Group}}","""
                + $$""" "VPCZoneIdentifier":"{{subnets}}","AvailabilityZones":["a"]}]}"""
            ));
        host.Fake.On(
            "ec2:DescribeSubnets",
            """{"Subnets":[{"SubnetId":"subnet-a","AvailabilityZone":"a"},{"SubnetId":"subnet-b","AvailabilityZone":"b"}]}"""
        );
        host.Fake.On("autoscaling:UpdateAutoScalingGroup", input =>
        {
            subnets = input.TextOf("VPCZoneIdentifier")!;
            return Json.EmptyObject;
        });

        await EndsAsync(host, expected, "AUTOSCALING_MULTIPLE_AZ", $$"""{"minAvailabilityZones":"{{zones}}"}""",
            new(host.Account, host.Region, "AWS::AutoScaling::AutoScalingGroup", Group), expected is "fixed" ? 1 : 0);
    }

    [Theory]
    [InlineData("", """{"targetBucket":"logs"}""", "fixed", "logs")]
    [InlineData("logBucket: mine", """{"targetBucket":"logs"}""", "not-configured", null)]
    [InlineData("logBucket: logs", """{"targetBucket":"logs"}""", "fixed", "logs")]
    [InlineData("logBucket: mine", "{}", "fixed", "mine")]
    [InlineData("", "{}", "not-configured", null)]
    public async Task Where_logs_go_is_said_by_the_policy_or_by_a_trusted_rule(
        string given, string parameters, string expected, string? written)
    {
        foreach (var isTrusted in new[] { true, false })
        {
            await using var host = new InMemoryHost();
            await host.UsePolicyAsync(
                $"defaults: {{mode: auto, trust-rule-parameters: {(isTrusted ? "true" : "false")}, params: {{{given}}}}}");
            host.Fake.On("s3:GetBucketLocation", "{}");
            var logging = Holding(host, "s3:GetBucketLogging", "s3:PutBucketLogging", "{}", "BucketLoggingStatus");
            var isTold = written is null || (!isTrusted && given.Length == 0);

            await EndsAsync(host, isTold ? "not-configured" : expected, "S3_BUCKET_LOGGING_ENABLED", parameters,
                new(host.Account, host.Region, "AWS::S3::Bucket", "b"), isTold ? 0 : 1);

            Assert.Equal(isTold ? null : written, logging().Member("LoggingEnabled").TextOf("TargetBucket"));
        }
    }

    [Theory]
    [InlineData("", "not-configured", null)]
    [InlineData("trust-rule-parameters: true", "fixed", "logs")]
    public async Task Rule_of_a_member_account_says_where_logs_go_only_if_the_policy_trusts_it(
        string trust, string expected, string? written)
    {
        const string member = "222222222222";
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"{{defaults: {{mode: auto, {trust}}}}}");
        host.Fake.On("s3:GetBucketLocation", "{}");
        var logging = Holding(host, "s3:GetBucketLogging", "s3:PutBucketLogging", "{}", "BucketLoggingStatus");
        var rule = new RuleRef("logged", $"arn:aws:config:{host.Region}:{member}:config-rule/config-rule-logged");
        host.Fake.On("config:DescribeConfigRules", $$$"""
            {"ConfigRules":[{"ConfigRuleName":"logged","ConfigRuleArn":"{{{rule.Arn}}}","InputParameters":"{\"targetBucket\":\"logs\"}",
             "Source":{"Owner":"AWS","SourceIdentifier":"S3_BUCKET_LOGGING_ENABLED"}}]}
            """);

        var ended = await host.SendAsync(Some.Change(rule, new(member, host.Region, "AWS::S3::Bucket", "b"), host.Now));

        Assert.Contains(expected, $"{ended.Outcome} {ended.Why}", StringComparison.Ordinal);
        Assert.Equal(written, logging().Member("LoggingEnabled").TextOf("TargetBucket"));
    }

    [Fact]
    public async Task Trail_of_another_accounts_rule_is_for_a_person()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto, trust-rule-parameters: false}}");

        await EndsAsync(host, "not-configured", "MULTI_REGION_CLOUD_TRAIL_ENABLED", """{"s3BucketName":"attacker-bucket"}""",
            new(host.Account, host.Region, "AWS::::Account", host.Account), 0);
    }

    [Theory]
    [InlineData(true, "already-right", 0)]
    [InlineData(false, "fixed", 1)]
    public async Task A_trail_of_all_regions_that_was_stopped_is_started(bool isLogging, string expected, int changes)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto, params: {bucket: logs}}}");
        const string Arn = "arn:aws:cloudtrail:us-east-1:123456789012:trail/all";
        host.Fake.On(
            "cloudtrail:DescribeTrails",
            $$"""{"trailList":[{"Name":"all","TrailARN":"{{Arn}}","IsMultiRegionTrail":true"""
            + ""","S3BucketName":"x","HomeRegion":"us-east-1"}]}"""
        );
        host.Fake.On("cloudtrail:GetTrailStatus", _ => Json.Parse($$"""{"IsLogging":{{(isLogging ? "true" : "false")}}}"""));
        host.Fake.On("cloudtrail:StartLogging", _ =>
        {
            isLogging = true;
            return Json.EmptyObject;
        });

        await EndsAsync(
            host, expected, "CLOUD_TRAIL_ENABLED", "{}", new(host.Account, host.Region, "AWS::::Account", host.Account), changes);
    }

    [Theory]
    [InlineData("{}", "already-right", null)]
    [InlineData("""{"nodeTypes":"ra3.large,ra3.xlplus"}""", "already-right", null)]
    [InlineData("""{"nodeTypes":"ra3.4xlarge"}""", "escalated", "Guarded")]
    [InlineData("""{"clusterDbEncrypted":"false"}""", "escalated", "NotConfigured")]
    [InlineData("""{"loggingEnabled":"false"}""", "escalated", "NotConfigured")]
    public async Task Cluster_is_right_only_by_all_that_the_rule_says_of_it(string parameters, string expected, string? reason)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, params: {bucket: logs}}");
        host.Fake.On(
            "redshift:DescribeClusters",
            """{"Clusters":[{"ClusterIdentifier":"sales","NodeType":"ra3.large","Encrypted":true,"ClusterStatus":"available"}]}"""
        );
        host.Fake.On("redshift:DescribeLoggingStatus", """{"LoggingEnabled":true,"BucketName":"logs","S3KeyPrefix":"sales/"}""");

        var ended = await host.EventAsync("REDSHIFT_CLUSTER_CONFIGURATION_CHECK", "AWS::Redshift::Cluster", "sales", parameters);

        AssertOutcome(expected, ended);
        Assert.Equal(reason, (await host.IncidentOf(ended)).Reason?.ToString());
        Assert.Empty(host.Changes());
    }

    [Theory]
    [InlineData(1, """{"backupRetentionPeriod":"7"}""", "fixed", 7)]
    [InlineData(1, """{"backupRetentionPeriod":"7","backupRetentionMinimum":"3"}""", "fixed", 7)]
    [InlineData(30, """{"backupRetentionMinimum":"7"}""", "already-right", 30)]
    [InlineData(30, """{"backupRetentionPeriod":"7"}""", "escalated", 30)]
    [InlineData(14, """{"backupRetentionPeriod":"7","backupRetentionMinimum":"3"}""", "escalated", 14)]
    public async Task Backups_are_kept_as_long_as_the_rule_says_and_none_for_a_shorter_time_than_before(
        int days, string parameters, string expected, int kept)
    {
        await using var host = new InMemoryHost();
        host.Fake.On("rds:DescribeDBInstances", _ => Json.Parse($$"""
            {"DBInstances":[{"DbiResourceId":"db-1","DBInstanceIdentifier":"orders","Engine":"postgres","BackupRetentionPeriod":{{days}}}]}
            """));
        host.Fake.On("rds:ModifyDBInstance", input =>
        {
            days = input.Member("BackupRetentionPeriod").GetInt32();
            return Json.EmptyObject;
        });

        AssertOutcome(expected, await host.EventAsync("DB_INSTANCE_BACKUP_ENABLED", "AWS::RDS::DBInstance", "db-1", parameters));

        Assert.Equal(kept, days);
    }

    [Theory]
    [InlineData("error", "already-right")]
    [InlineData("error,audit", "escalated")]
    [InlineData("newInTheNextVersion", "escalated")]
    public async Task Log_that_the_playbook_does_not_know_is_not_taken_for_published(string logTypes, string expected)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, params: {logGroupArn: logs}}");
        host.Fake.On(
            "opensearch:DescribeDomain",
            """
            {"DomainStatus":{"DomainName":"d","DomainId":"1/d","ARN":"arn:aws:es:us-east-1:123456789012:domain/d",
             "LogPublishingOptions":{"ES_APPLICATION_LOGS":{"CloudWatchLogsLogGroupArn":"logs","Enabled":true}}}}
            """
        );

        var ended = await host.EventAsync(
            "OPENSEARCH_LOGS_TO_CLOUDWATCH", "AWS::OpenSearch::Domain", "d", $$"""{"logTypes":"{{logTypes}}"}""");

        AssertOutcome(expected, ended);
    }

    [Fact]
    public async Task Method_override_without_logging_is_recognised()
    {
        await using var host = new InMemoryHost();
        var method = "OFF";
        host.Fake.On("apigateway:GetStage", _ => Json.Parse(
            $$$$"""{"methodSettings":{"*/*":{"loggingLevel":"INFO"},"~1pets/GET":{"loggingLevel":"{{{{method}}}}"}}}"""));
        host.Fake.On("apigateway:UpdateStage", input =>
        {
            var patch = Assert.Single(input.Member("patchOperations").EnumerateArray());
            Assert.Equal("/~1pets/GET/logging/loglevel", patch.TextOf("path"));
            method = patch.TextOf("value")!;
            return Json.EmptyObject;
        });

        await EndsAsync(host, "fixed", "API_GW_EXECUTION_LOGGING_ENABLED", "{}",
            new(host.Account, host.Region, "AWS::ApiGateway::Stage", "arn:aws:apigateway:us-east-1::/restapis/a/stages/s"), 1);

        Assert.Equal("ERROR", method);
    }

    [Theory]
    [InlineData("""{"Statement":{"Sid":"a","Effect":"Allow","Principal":{"AWS":["*"]},"Action":"sqs:*"}}""", "fixed")]
    [InlineData(
        """{"Statement":["""
        + """{"Sid":"a","Effect":"Allow","Principal":"*","Action":"sqs:*","Condition":{"StringLike":{"aws:SourceArn":"*"}}}]}""",
        "fixed"
    )]
    [InlineData(
        """{"Statement":{"Sid":"a","Effect":"Allow","Principal":"*","Action":"sqs:*","""
        + """ "Condition":{"StringEquals":{"aws:SourceAccount":"123456789012"}}}}""",
        "already-right"
    )]
    public async Task A_queue_that_is_open_to_all_is_seen_in_every_shape_of_its_policy(string policy, string expected)
    {
        await using var host = new InMemoryHost();
        var text = policy;
        host.Fake.On("sqs:GetQueueAttributes", _ => text.Length == 0
            ? Json.EmptyObject
            : Json.Object([KeyValuePair.Create("Attributes", Json.Object([KeyValuePair.Create("Policy", Json.Text(text))]))]));
        host.Fake.On("sqs:SetQueueAttributes", input =>
        {
            text = input.Member("Attributes").TextOf("Policy")!;
            return Json.EmptyObject;
        });

        await EndsAsync(
            host,
            expected,
            "SQS_QUEUE_NO_PUBLIC_ACCESS",
            "{}",
            new(host.Account, host.Region, "AWS::SQS::Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/q"),
            expected is "fixed" ? 1 : 0);
    }

    private const string Group = "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:u:autoScalingGroupName/web";

    private static async Task EndsAsync(
        InMemoryHost host, string expected, string identifier, string parameters, ResourceKey resource, int changes)
    {
        var rule = await host.RuleAsync(identifier, parameters);
        var ended = await host.SendAsync(Some.Change(rule, resource, host.Now));

        if (expected is "not-configured")
        {
            AssertOutcome("escalated", ended);
            Assert.Equal(Reason.NotConfigured, (await host.IncidentOf(ended)).Reason);
            Assert.Single(await host.NoticesAsync());
        }
        else
        {
            AssertOutcome(expected, ended);
        }

        Assert.Equal(changes, host.Changes().Count());
    }

    /// <summary>An operation that returns what another wrote under a member of its input.</summary>
    private static Func<JsonElement> Holding(InMemoryHost host, string read, string write, string first, string member)
    {
        var value = Json.Parse(first);
        host.Fake.On(read, _ => value);
        host.Fake.On(write, input =>
        {
            value = input.Member(member);
            return Json.EmptyObject;
        });
        return () => value;
    }
}
