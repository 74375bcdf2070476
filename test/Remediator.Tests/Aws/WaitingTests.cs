using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class WaitingTests
{
    private static readonly WaitLimits Limits = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));
    private readonly FakeTimeProvider clock = new();
    private int calls;

    [Fact]
    public async Task A_wait_ends_when_the_output_shows_what_is_awaited()
    {
        var outcome = await RunAsync(() => calls < 3 ? "modifying" : "available");

        Assert.Equal("available", Assert.IsType<WaitOutcome.Done>(outcome).Output.GetString());
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_wait_ends_when_the_time_is_up()
    {
        var outcome = await RunAsync(() => "modifying");

        Assert.Equal("modifying", Assert.IsType<WaitOutcome.TimeUp>(outcome).Last?.GetString());
        Assert.Equal(7, calls);
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        var outcome = await RunAsync(() => calls < 2 ? throw Fault(AwsFault.Throttling) : "available");

        Assert.IsType<WaitOutcome.Done>(outcome);
    }

    [Fact]
    public async Task Permanent_error_ends_the_wait() =>
        await Assert.ThrowsAsync<AwsException>(() => RunAsync(() => throw Fault(AwsFault.Permanent)));

    private static AwsException Fault(AwsFault fault) => new("rds:DescribeDBInstances", "Code", 400, "", "") { Fault = fault };

    private async Task<WaitOutcome> RunAsync(Func<string> state)
    {
        var wait = Waiting.UntilAsync(
            _ =>
            {
                calls++;
                return Task.FromResult(JsonElement.Parse($"\"{state()}\""));
            },
            output => output.GetString() == "available",
            Limits,
            clock,
            CancellationToken.None);
        while (!wait.IsCompleted)
        {
            clock.Advance(Limits.Interval);
            await Task.Yield();
        }

        return await wait;
    }
}
