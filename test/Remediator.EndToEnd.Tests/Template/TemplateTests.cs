using System.Text.Json;
using Remediator.Authoring.Permissions;
using Remediator.Emulator;
using Remediator.Function.Handlers;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Template;

public sealed class TemplateTests(TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    private static readonly string[] Functions = ["RemediateFunction", "SweepFunction", "OperateFunction"];

    [Fact]
    public async Task Nothing_in_the_templates_is_found_wanting_by_cfn_lint()
    {
        string[] arguments =
            [Repository.At("tools", "lint_template.py"), Repository.At("template.yaml"), Repository.At("deploy", "member.yaml")];

        Assert.Empty(await Python.RunAsync(template.Python, arguments, progress: null, CancellationToken.None));
    }

    [Fact]
    public void The_queue_hides_a_message_for_six_times_as_long_as_the_function_may_run()
    {
        var timeout = template.Properties("RemediateFunction").GetProperty("Timeout").GetInt32();

        Assert.Equal(6 * timeout, template.Properties("ComplianceQueue").GetProperty("VisibilityTimeout").GetInt32());
    }

    [Fact]
    public void The_function_takes_batches_of_ten_from_the_queue_and_hands_back_single_records()
    {
        var (_, mapping) = Assert.Single(template.OfType("AWS::Lambda::EventSourceMapping"));

        Assert.Equal("ComplianceQueue", mapping.GetProperty("EventSourceArn").GetProperty("Fn::GetAtt")[0].GetString());
        Assert.Equal("RemediateFunctionAliaslive", mapping.GetProperty("FunctionName").GetProperty("Ref").GetString());
        Assert.Equal(10, mapping.GetProperty("BatchSize").GetInt32());
        Assert.Equal("ReportBatchItemFailures", Assert.Single(mapping.GetProperty("FunctionResponseTypes").EnumerateArray()).GetString());
        Assert.Equal(
            "MaximumConcurrency", mapping.GetProperty("ScalingConfig").GetProperty("MaximumConcurrency").GetProperty("Ref").GetString());
    }

    [Fact]
    public void Each_function_is_the_same_executable_with_another_handler()
    {
        var handlers = Functions.Select(name =>
        {
            var function = template.Properties(name);
            Assert.Equal("dotnet10", function.GetProperty("Runtime").GetString());
            Assert.Equal("Remediator.Function", function.GetProperty("Handler").GetString());
            return function.GetProperty("Environment").GetProperty("Variables").GetProperty("REMEDIATOR_HANDLER").GetString();
        });

        Assert.Equal(["remediate", "sweep", "operate"], handlers);
    }

    [Fact]
    public void What_was_delivered_to_nobody_is_kept_for_two_weeks_and_alarms()
    {
        string[] queues = ["FailedQueue", "UndeliveredQueue"];

        var watched = template
            .OfType("AWS::CloudWatch::Alarm")
            .Where(alarm =>
                alarm.Properties.TryGetProperty("MetricName", out var name) && name.GetString() == "ApproximateNumberOfMessagesVisible")
            .Select(alarm => alarm.Properties.GetProperty("Dimensions")[0].GetProperty("Value").GetProperty("Fn::GetAtt")[0].GetString());

        Assert.Equal(queues, watched);
        Assert.All(queues, queue => Assert.Equal(14 * 86400, template.Properties(queue).GetProperty("MessageRetentionPeriod").GetInt32()));
    }

    [Fact]
    public void The_functions_errors_and_throttles_alarm_and_every_alarm_reaches_the_alarm_topic()
    {
        var alarms = template.OfType("AWS::CloudWatch::Alarm").ToArray();

        Assert.All(Functions, function => Assert.Equal("Errors, Throttles", Metrics(function)));
        Assert.All(alarms, alarm =>
            Assert.Contains("AlarmTopic", alarm.Properties.GetProperty("AlarmActions").ToString(), StringComparison.Ordinal));

        string Metrics(string function) => string.Join(
            ", ",
            alarms.Where(alarm => alarm.Properties.TryGetProperty("Dimensions", out var dimensions)
                    && dimensions.ToString().Contains($"\"{function}\"", StringComparison.Ordinal))
                .Select(alarm => alarm.Properties.GetProperty("MetricName").GetString()).Where(metric => metric is not "Invocations"));
    }

    // CloudWatch may not use the AWS managed key of SNS: its alarms would be lost silently.
    [Fact]
    public void The_alarm_topic_is_not_encrypted_with_a_key_that_alarms_cannot_use() =>
        Assert.False(template.Properties("AlarmTopic").TryGetProperty("KmsMasterKeyId", out _));

    [Fact]
    public void A_bad_version_rolls_itself_back()
    {
        var group = template.Properties("RemediateFunctionDeploymentGroup");

        Assert.Contains("DEPLOYMENT_STOP_ON_ALARM", group.GetProperty("AutoRollbackConfiguration").ToString(), StringComparison.Ordinal);
        Assert.Equal(2, group.GetProperty("AlarmConfiguration").GetProperty("Fn::If")[1].GetProperty("Alarms").GetArrayLength());
        Assert.True(template.Resources.GetProperty("RemediateFunctionAliaslive").TryGetProperty("UpdatePolicy", out _));
    }

    [Fact]
    public void The_alarm_on_failures_reads_the_metrics_that_the_function_writes()
    {
        var metrics = template
            .Properties("RemediateFailuresAlarm")
            .GetProperty("Metrics")
            .EnumerateArray()
            .Where(metric => metric.TryGetProperty("MetricStat", out _))
            .Select(metric => metric.GetProperty("MetricStat").GetProperty("Metric"))
            .Select(metric =>
                $"{metric.GetProperty("Namespace")}/{metric.GetProperty("MetricName")} by "
                + $"{metric.GetProperty("Dimensions")[0].GetProperty("Name")}"
            );

        Assert.Equal(
            [$"Remediator/{Remediate.HandledMetric} by Environment", $"Remediator/{Remediate.FailedMetric} by Environment"], metrics);
    }

    [Theory]
    [InlineData("SweepFailuresAlarm", Remediator.Function.Handlers.Sweep.FailedMetric)]
    [InlineData("SweepLagAlarm", Remediator.Function.Handlers.Sweep.LagMetric)]
    public void The_alarms_on_what_no_sweep_handles_read_the_metrics_that_the_sweep_writes(string name, string metric)
    {
        var alarm = template.Properties(name);

        Assert.Equal(("Remediator", metric, "Environment"), (
            alarm.GetProperty("Namespace").GetString(),
            alarm.GetProperty("MetricName").GetString(),
            alarm.GetProperty("Dimensions")[0].GetProperty("Name").GetString()));
    }

    [Fact]
    public void The_journal_outlives_the_stack_and_can_be_restored()
    {
        var resource = template.Resources.GetProperty("Journal");
        var journal = resource.GetProperty("Properties");

        Assert.Equal("Retain", resource.GetProperty("DeletionPolicy").GetString());
        Assert.Equal("Retain", resource.GetProperty("UpdateReplacePolicy").GetString());
        Assert.True(journal.GetProperty("DeletionProtectionEnabled").GetBoolean());
        Assert.True(journal.GetProperty("SSESpecification").GetProperty("SSEEnabled").GetBoolean());
        Assert.True(journal.GetProperty("PointInTimeRecoverySpecification").GetProperty("PointInTimeRecoveryEnabled").GetBoolean());
        Assert.Equal("expires", journal.GetProperty("TimeToLiveSpecification").GetProperty("AttributeName").GetString());
    }

    [Fact]
    public void No_ARN_is_bound_to_one_partition()
    {
        string[] texts = [.. new[] { Repository.At("template.yaml"), Repository.At("deploy", "member.yaml") }.Select(File.ReadAllText)];

        Assert.All(texts, text => Assert.DoesNotMatch(@"arn:aws(-[a-z]+)*:", text));
    }

    [Fact]
    public void Only_lookups_calls_of_Config_and_traces_are_allowed_on_all_resources()
    {
        var broad = template.OfType("AWS::IAM::Role").Concat(template.OfType("AWS::IAM::ManagedPolicy"))
            .Where(resource => !resource.Name.StartsWith("PlaybookPermissions", StringComparison.Ordinal))
            .SelectMany(resource => Statements(resource.Properties))
            .Where(statement => statement.GetProperty("Effect").GetString() == "Allow")
            .Where(statement => statement.GetProperty("Resource").ToString() == "*")
            .SelectMany(statement => statement.GetProperty("Action").EnumerateArray().Select(action => action.GetString()!));

        Assert.All(broad, action =>
            Assert.Matches(
                "^(config:(Describe|Get|StartConfigRulesEvaluation)|tag:GetResources|ec2:DescribeTags|cloudtrail:LookupEvents"
                    + "|cloudwatch:DescribeAlarm|xray:Put(TraceSegments|TelemetryRecords)$)",
                action));
    }

    private static IEnumerable<JsonElement> Statements(JsonElement properties)
    {
        if (properties.TryGetProperty("PolicyDocument", out var document))
        {
            return document.GetProperty("Statement").EnumerateArray();
        }

        return properties.TryGetProperty("Policies", out var policies)
            ? policies.EnumerateArray().SelectMany(policy => policy.GetProperty("PolicyDocument").GetProperty("Statement").EnumerateArray())
            : [];
    }
}
