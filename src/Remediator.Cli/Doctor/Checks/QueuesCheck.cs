using System.Text.Json;
using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>Nothing waits too long, and nothing was given up.</summary>
internal sealed class QueuesCheck : ICheck
{
    private const string Queue = "ComplianceQueue";
    private const string Failed = "FailedQueue";
    private const string Undelivered = "UndeliveredQueue";
    private const string Waiting = "ApproximateNumberOfMessages";
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Stuck = TimeSpan.FromHours(1);
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(15);

    public string Name => "queues";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One(Queue, ct => AgeAsync(on, ct)),
        Look.One(Failed, ct => EmptyAsync(on, Failed, RedriveOf(on), ct)),
        Look.One(Undelivered, ct => EmptyAsync(on, Undelivered, "docs/runbooks/UndeliveredQueueAlarm.md puts them back.", ct)),
    ];

    private static string RedriveOf(DeploymentView on) => on.Stack.Resources is null
        ? "docs/runbooks/FailedQueueAlarm.md"
        : "Look at the function's logs first; then aws sqs start-message-move-task "
            + $"--source-arn {on.QueueArn(on.Stack.Physical(Failed))}";

    private static async Task<Found> EmptyAsync(DeploymentView on, string queue, string remedy, CancellationToken ct) =>
        await CountAsync(on, queue, ct) is var count and > 0
            ? Found.Fail($"{count:0} messages were given up and wait there.", remedy)
            : Found.Ok("It is empty.");

    private static async Task<Found> AgeAsync(DeploymentView on, CancellationToken ct)
    {
        var count = await CountAsync(on, Queue, ct);
        var answer = await on.Own.CallAsync("cloudwatch:GetMetricData", Input(on), ct);
        var age = TimeSpan.FromSeconds(answer.Each("MetricDataResults").SelectMany(r => r.Each("Values")).Select(v => v.GetDouble())
            .DefaultIfEmpty(0).Max());
        var seen = $"{count:0} changes wait, the oldest for {age.TotalMinutes:0} minutes.";
        return age < Slow ? Found.Ok(seen)
            : age < Stuck ? Found.Warn(seen, "A storm, or throttling: look again in some minutes.")
            : Found.Fail(seen, "docs/runbooks/OldestMessageAlarm.md");
    }

    private static async Task<double> CountAsync(DeploymentView on, string queue, CancellationToken ct)
    {
        var url = Json.Text(on.Stack.Physical(queue));
        var input = Json.Object([new("QueueUrl", url), new("AttributeNames", Json.List([Json.Text(Waiting)]))]);
        return (await on.Own.CallAsync("sqs:GetQueueAttributes", input, ct)).Member("Attributes").NumberOf(Waiting) ?? 0;
    }

    private static JsonElement Input(DeploymentView on)
    {
        var name = Json.Text(on.Stack.Physical(Queue).Split('/')[^1]);
        var now = on.Clock.GetUtcNow();
        return Json.Object(
        [
            new("StartTime", Json.Text($"{now - Lately:O}")),
            new("EndTime", Json.Text($"{now:O}")),
            new("MetricDataQueries", Json.List([Json.Object(
            [
                new("Id", Json.Text("age")),
                new("MetricStat", Json.Object(
                [
                    new("Stat", Json.Text("Maximum")),
                    new("Period", Json.Parse("300")),
                    new("Metric", Json.Object(
                    [
                        new("Namespace", Json.Text("AWS/SQS")),
                        new("MetricName", Json.Text("ApproximateAgeOfOldestMessage")),
                        new("Dimensions", Json.List([Json.Object([new("Name", Json.Text("QueueName")), new("Value", name)])])),
                    ])),
                ])),
            ])])),
        ]);
    }
}
