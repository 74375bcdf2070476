using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Function.Handlers;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>Each metric of the dashboard and the anomaly alarms is written by the function, or by AWS.</summary>
public sealed partial class DashboardTests(TransformedTemplate template) : IClassFixture<TransformedTemplate>
{
    private static readonly string[] Written =
    [
        Remediate.HandledMetric, Remediate.FailedMetric,
        RecordProcessor.OutcomesMetric, RecordProcessor.FindingsMetric, RecordProcessor.TimeToFixMetric, RecordProcessor.ProbesMetric,
        Remediator.Function.Handlers.Sweep.FailedMetric,
        Remediator.Function.Handlers.Sweep.DueMetric,
        Remediator.Function.Handlers.Sweep.LagMetric,
        Remediator.Function.Handlers.Sweep.UrgentLagMetric,
        Remediator.Function.Handlers.Sweep.HandedOverMetric,
    ];

    /// <summary>AWS's own metrics, with the dimension under which AWS publishes them.</summary>
    private static readonly string[] Published =
    [
        "AWS/SQS NumberOfMessagesSent QueueName", "AWS/SQS ApproximateNumberOfMessagesVisible QueueName",
        "AWS/SQS ApproximateAgeOfOldestMessage QueueName", "AWS/SNS NumberOfMessagesPublished TopicName",
        "AWS/SNS NumberOfNotificationsFailed TopicName", "AWS/Lambda Duration FunctionName", "AWS/Lambda Invocations FunctionName",
        "AWS/DynamoDB ConsumedReadCapacityUnits TableName", "AWS/DynamoDB ConsumedWriteCapacityUnits TableName",
    ];

    private string Text => template.Properties("Dashboard").GetProperty("DashboardBody").GetProperty("Fn::Sub").GetString()!;

    private IEnumerable<JsonElement> ShownMetrics =>
        from widget in JsonElement.Parse(Text).GetProperty("widgets").EnumerateArray()
        from metric in widget.GetProperty("properties").GetProperty("metrics").EnumerateArray()
        select metric;

    [Fact]
    public void Every_metric_that_the_dashboard_shows_is_written_by_the_function_or_published_by_AWS()
    {
        var shown = ShownMetrics.Where(m => m[0].ValueKind is JsonValueKind.String).ToList();
        var own = shown.Where(m => m[0].GetString() is "Remediator").ToList();

        Assert.All(own, m => Assert.Equal("Environment", m[2].GetString()));
        Assert.Equal(
            Written.Order(),
            own.Select(m => m[1].GetString()!).Append(SearchedMetric().Match(Text).Groups[1].Value).Distinct().Order());
        Assert.Equal(
            Published.Order(),
            shown.Except(own).Select(m => $"{m[0].GetString()} {m[1].GetString()} {m[2].GetString()}").Distinct().Order());
    }

    [Fact]
    public void Whatever_the_dashboard_refers_to_is_in_the_template() => Assert.All(
        References().Matches(Text).Select(m => m.Groups[1].Value).Where(r => !r.StartsWith("AWS::", StringComparison.Ordinal)).Distinct(),
        name => Assert.True(
            template.Resources.TryGetProperty(name, out _) || name is "EnvironmentName", $"'{name}' is no resource and no parameter."));

    [Fact]
    public void The_dashboard_can_be_left_out() =>
        Assert.Equal("MakesDashboard", template.Resources.GetProperty("Dashboard").GetProperty("Condition").GetString());

    [Theory]
    [InlineData("FindingsAnomalyAlarm", RecordProcessor.FindingsMetric)]
    [InlineData("FixTimeAnomalyAlarm", RecordProcessor.TimeToFixMetric)]
    public void Anomaly_alarm_compares_a_metric_of_the_function_with_its_band(string name, string metric)
    {
        var alarm = template.Properties(name);
        var metrics = alarm.GetProperty("Metrics").EnumerateArray().ToList();
        var band = metrics.Single(m => m.GetProperty("Id").GetString() == alarm.GetProperty("ThresholdMetricId").GetString());
        var held = BandOf().Match(band.GetProperty("Expression").GetString()!).Groups[1].Value;

        Assert.Equal("GreaterThanUpperThreshold", alarm.GetProperty("ComparisonOperator").GetString());
        Assert.True(!metrics.Single(m => m.GetProperty("Id").GetString() == held).TryGetProperty("ReturnData", out _), held);
        var read = metrics.Single(m => m.TryGetProperty("MetricStat", out _)).GetProperty("MetricStat").GetProperty("Metric");
        Assert.Equal(
            ("Remediator", metric, "Environment"),
            (read.GetProperty("Namespace").GetString(), read.GetProperty("MetricName").GetString(),
                read.GetProperty("Dimensions")[0].GetProperty("Name").GetString()));
    }

    [GeneratedRegex(@"MetricName=\\""(\w+)\\""")]
    private static partial Regex SearchedMetric();

    [GeneratedRegex(@"\$\{([\w:]+)(?:\.\w+)?\}")]
    private static partial Regex References();

    [GeneratedRegex(@"^ANOMALY_DETECTION_BAND\((\w+), \d\)$")]
    private static partial Regex BandOf();
}
