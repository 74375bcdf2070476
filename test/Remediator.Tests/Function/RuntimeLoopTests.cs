using System.Net;
using System.Text;
using Remediator.Authoring.Catalog;
using Remediator.Function;
using Remediator.Function.Runtime;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Tests.Function;

public sealed class RuntimeLoopTests
{
    [Fact]
    public async Task Many_invocations_each_get_their_own_answer()
    {
        await using var run = new FunctionRun((invocation, _) => Answer($"\"{invocation.RequestId}\""));

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => run.InvokeAsync("{}")));

        Assert.Equal(300, answers.Select(answer => answer.RequestId).Distinct().Count());
        Assert.All(answers, answer => Assert.Equal($"\"{answer.RequestId}\"", answer.Text()));
        Assert.All(answers, answer => Assert.False(answer.IsError));
        Assert.Equal(Host.Stopped, await run.StopAsync());
    }

    [Fact]
    public async Task The_handler_sees_what_the_headers_say()
    {
        Invocation? seen = null;
        string? trace = null;
        await using var run = new FunctionRun((invocation, _) =>
        {
            seen = invocation;
            trace = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
            return Answer("{}");
        });

        var answer = await run.InvokeAsync("""{"a":1}""", TimeSpan.FromSeconds(30));

        Assert.Equal(answer.RequestId, seen!.RequestId);
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:remediator", seen.FunctionArn);
        Assert.StartsWith("Root=1-", seen.TraceId, StringComparison.Ordinal);
        Assert.Equal(seen.TraceId, trace);
        Assert.InRange(seen.Deadline - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(seen.Payload.Span));
    }

    [Fact]
    public async Task A_handler_that_throws_costs_only_its_own_invocation()
    {
        await using var run = new FunctionRun((invocation, _) =>
            invocation.Payload.Length > 2 ? throw new InvalidOperationException("it \"broke\"\nbadly") : Answer("{}"));

        var broken = await run.InvokeAsync("""{"a":1}""");
        var sound = await run.InvokeAsync("{}");

        Assert.True(broken.IsError);
        Assert.Equal("Function.InvalidOperationException", broken.ErrorType);
        Assert.Equal("application/vnd.aws.lambda.error+json", broken.ContentType);
        var error = System.Text.Json.JsonElement.Parse(broken.Text());
        Assert.Equal("it \"broke\"\nbadly", error.GetProperty("errorMessage").GetString());
        Assert.Equal("InvalidOperationException", error.GetProperty("errorType").GetString());
        Assert.Contains("ServeAsync", error.GetProperty("stackTrace").ToString(), StringComparison.Ordinal);
        Assert.False(sound.IsError);
    }

    [Fact]
    public async Task Handler_is_cancelled_before_the_deadline()
    {
        var left = TimeSpan.Zero;
        await using var run = new FunctionRun(async (invocation, ct) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
                return default;
            }
            finally
            {
                left = invocation.Deadline - DateTimeOffset.UtcNow;
            }
        });

        var answer = await run.InvokeAsync("{}", RuntimeLoop.Margin + TimeSpan.FromMilliseconds(200));

        Assert.True(answer.IsError);
        Assert.InRange(left, RuntimeLoop.Margin - TimeSpan.FromSeconds(2), RuntimeLoop.Margin + TimeSpan.FromMilliseconds(50));
        Assert.Equal("Function.TaskCanceledException", answer.ErrorType);
    }

    [Fact]
    public async Task Stopping_while_idle_ends_at_once()
    {
        await using var run = new FunctionRun((_, _) => Answer("{}"));
        await run.InvokeAsync("{}");

        Assert.Equal(Host.Stopped, await run.StopAsync());
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_an_invocation_still_delivers_its_answer()
    {
        var entered = new TaskCompletionSource();
        await using var run = new FunctionRun(async (_, ct) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            return "\"handed back\""u8.ToArray();
        });
        var answer = run.InvokeAsync("{}");
        await entered.Task;

        var exit = await run.StopAsync();

        Assert.Equal(Host.Stopped, exit);
        Assert.Equal("\"handed back\"", (await answer).Text());
    }

    [Fact]
    public async Task Every_character_of_a_payload_survives_both_ways()
    {
        const string Text = "\"žluťoučký 字 🦄 \\u0000 \\ud83d\"";
        await using var run = new FunctionRun((invocation, _) => Task.FromResult(invocation.Payload));

        Assert.Equal(Text, (await run.InvokeAsync(Text)).Text());
    }

    [Fact]
    public async Task A_payload_of_six_megabytes_goes_both_ways()
    {
        var text = '"' + new string('x', (6 * 1024 * 1024) - 2) + '"';
        await using var run = new FunctionRun((invocation, _) => Task.FromResult(invocation.Payload));

        Assert.Equal(text, (await run.InvokeAsync(text)).Text());
    }

    [Fact]
    public async Task A_response_larger_than_Lambda_takes_becomes_that_invocations_error()
    {
        await using var run = new FunctionRun((invocation, _) =>
            invocation.Payload.Length > 2 ? Task.FromResult<ReadOnlyMemory<byte>>(new byte[7 * 1024 * 1024]) : Answer("{}"));

        var large = await run.InvokeAsync("""{"a":1}""");
        var sound = await run.InvokeAsync("{}");

        Assert.Equal("Function.ResponseSizeTooLarge", large.ErrorType);
        Assert.False(sound.IsError);
    }

    [Theory]
    [InlineData("/next", HttpStatusCode.InternalServerError)]
    [InlineData("/next", HttpStatusCode.Forbidden)]
    [InlineData("/response", HttpStatusCode.InternalServerError)]
    public async Task The_process_ends_where_the_Runtime_API_cannot_go_on(string path, HttpStatusCode status)
    {
        await using var run = new FunctionRun((_, _) => Answer("{}"), Failing(path, status));
        _ = run.Api.InvokeAsync(default, TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.Equal(Host.RuntimeFailed, await run.ExitAsync());
        Assert.Contains(run.Lines(), line => line.GetProperty("eventId").GetInt32() == 8002);
    }

    [Fact]
    public async Task The_process_ends_when_the_Runtime_API_is_gone()
    {
        await using var run = new FunctionRun((_, _) => Answer("{}"));
        await run.InvokeAsync("{}");

        await run.Api.DisposeAsync();

        Assert.Equal(Host.RuntimeFailed, await run.ExitAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.Gone)]
    public async Task An_answer_that_comes_too_late_costs_only_its_own_invocation(HttpStatusCode status)
    {
        var refused = 0;
        await using var run = new FunctionRun(
            (_, _) => Answer("{}"),
            api => api.Fault = path =>
                path.EndsWith("/response", StringComparison.Ordinal) && Interlocked.Increment(ref refused) == 1 ? status : null);
        _ = run.Api.InvokeAsync(default, TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.False((await run.InvokeAsync("{}")).IsError);
        Assert.Contains(run.Lines(), line => line.GetProperty("eventId").GetInt32() == 7102);
    }

    [Fact]
    public async Task Log_lines_of_an_invocation_carry_its_request_id()
    {
        await using var run = new FunctionRun((_, _) => throw new InvalidOperationException("no"));

        var answer = await run.InvokeAsync("{}");

        var line = Assert.Single(run.Lines(), line => line.GetProperty("level").GetString() == "ERROR");
        Assert.Equal(answer.RequestId, line.GetProperty("requestId").GetString());
        Assert.Equal("no", line.GetProperty("exception").GetProperty("message").GetString());
    }

    private static Task<ReadOnlyMemory<byte>> Answer(string json) => Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(json));

    private static Action<Remediator.Emulator.RuntimeApiServer> Failing(string path, HttpStatusCode status) =>
        api => api.Fault = at => at.EndsWith(path, StringComparison.Ordinal) ? status : null;
}
