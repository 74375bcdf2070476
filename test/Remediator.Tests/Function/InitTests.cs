using System.Text.Json;
using Remediator.Function;
using Remediator.Function.Runtime;

namespace Remediator.Tests.Function;

public sealed class InitTests
{
    [Fact]
    public async Task Everything_missing_is_named_in_one_init_error()
    {
        await using var run = new FunctionRun(new Dictionary<string, string>(), _ => throw new InvalidOperationException("not reached"));

        var error = await run.Api.InitError.WaitAsync(TimeSpan.FromSeconds(20));

        var message = JsonElement.Parse(error.Text()).GetProperty("errorMessage").GetString()!;
        Assert.All(Some.Environment.Keys.Except(["REMEDIATOR_EVENTS_TOPIC_ARN"]), name =>
            Assert.Contains(name, message, StringComparison.Ordinal));
        Assert.Equal("Runtime.ConfigInvalid", error.ErrorType);
        Assert.Equal(Host.InitFailed, await run.ExitAsync());
    }

    [Fact]
    public async Task An_unknown_handler_and_log_level_are_refused_together_with_what_would_be_right()
    {
        var environment = new Dictionary<string, string>(Some.Environment)
        {
            ["REMEDIATOR_HANDLER"] = "mend",
            ["REMEDIATOR_LOG_LEVEL"] = "loud",
        };
        await using var run = new FunctionRun(environment, _ => throw new InvalidOperationException("not reached"));

        var error = await run.Api.InitError.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Contains(
            "REMEDIATOR_HANDLER is 'mend'; it must be one of operate, remediate, sweep.", error.Text(), StringComparison.Ordinal);
        Assert.Contains("REMEDIATOR_LOG_LEVEL is 'loud'", error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_cannot_be_built_is_an_init_error()
    {
        await using var run = new FunctionRun(Some.Environment, _ => throw new InvalidDataException("policy.yaml(1,1): no"));

        var error = await run.Api.InitError.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("Init.InvalidDataException", error.ErrorType);
        Assert.Equal("application/vnd.aws.lambda.error+json", error.ContentType);
        Assert.Equal(Host.InitFailed, await run.ExitAsync());
    }

    [Theory]
    [InlineData("remediate", "Remediate")]
    [InlineData("sweep", "Sweep")]
    [InlineData("operate", "Operate")]
    public void The_setting_chooses_the_handler(string name, string kind)
    {
        var environment = new Dictionary<string, string>(Some.Environment) { ["REMEDIATOR_HANDLER"] = name };

        var settings = Settings.Read(environment.GetValueOrDefault);

        Assert.Equal(kind, settings.Handler.ToString());
    }

    [Fact]
    public async Task Without_a_Runtime_API_the_process_says_what_it_is()
    {
        using var http = new HttpClient();
        var outside = new Outside(http, _ => null, Stream.Null, TimeProvider.System);

        Assert.Equal(Host.InitFailed, await Host.RunAsync(outside, HandlerComposition.Compose, CancellationToken.None));
    }

    [Fact]
    public void A_deadline_that_no_timer_can_wait_for_is_the_longest_that_Lambda_allows()
    {
        using var far = Deadline.Of(DateTimeOffset.MaxValue, TimeSpan.Zero, TimeProvider.System, CancellationToken.None);
        using var past = Deadline.Of(DateTimeOffset.MinValue, RuntimeLoop.Margin, TimeProvider.System, CancellationToken.None);

        Assert.False(far.Token.IsCancellationRequested);
        Assert.True(past.Token.IsCancellationRequested);
    }
}
