using System.Text.Json;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary>The command on the template as the emulator deploys it: without alarms, alias and a function that can be invoked.</summary>
[Collection(OnTheEmulator.Name)]
public sealed class DoctorOnTheEmulatorTests(EmulatorFixture on) : IDisposable
{
    private readonly CommandRun cli = new(on);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Stack_is_checked_line_by_line_and_a_fixed_problem_is_ok_afterwards()
    {
        var before = await LinesAsync();

        Assert.Equal("ok", Result(before, "stack", "remediator"));
        Assert.Equal("ok", Result(before, "event-rules", "ComplianceChangeRule"));
        Assert.Equal("ok", Result(before, "queues", "FailedQueue"));
        Assert.Equal("fail", Result(before, "topics", "alarms"));
        Assert.All(before, l => Assert.True(l.TextOf("result") is "ok" || l.TextOf("remedy") is { Length: > 0 }, l.GetRawText()));

        await cli.CallAsync("sqs:CreateQueue", new() { ["QueueName"] = "doctor" });
        await cli.CallAsync("sns:Subscribe", new()
        {
            ["TopicArn"] = on.Deployment.Resources["AlarmTopic"],
            ["Protocol"] = "sqs",
            ["Endpoint"] = "arn:aws:sqs:us-east-1:123456789012:doctor",
        });
        await cli.CallAsync("sqs:SendMessage", new() { ["QueueUrl"] = on.Deployment.Resources["FailedQueue"], ["MessageBody"] = "{}" });
        var after = await LinesAsync();

        Assert.Equal("ok", Result(after, "topics", "alarms"));
        Assert.Equal("fail", Result(after, "queues", "FailedQueue"));
        await cli.CallAsync("sqs:PurgeQueue", new() { ["QueueUrl"] = on.Deployment.Resources["FailedQueue"] });
    }

    private async Task<List<JsonElement>> LinesAsync()
    {
        var ran = await cli.RunAsync("doctor", "--stack", "remediator", "--json");
        Assert.Equal(1, ran.ExitCode);
        return [.. ran.Json.Member("checks").EnumerateArray()];
    }

    private static string? Result(List<JsonElement> lines, string check, string about) =>
        lines.Single(l => l.TextOf("check") == check && l.TextOf("about") == about).TextOf("result");
}
