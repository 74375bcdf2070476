using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Remediator.Function;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Function.Runtime;

namespace Remediator.Tests.Function;

public sealed class RemediateTests : IDisposable
{
    private Func<Task> afterwards = () => Task.CompletedTask;
    private readonly HttpClient http = new();
    private readonly MemoryStream output = new();
    private readonly FakeTimeProvider clock = new(DateTimeOffset.Parse("2026-10-02T07:00:00Z", null));

    [Fact]
    public async Task Handled_records_are_deleted_and_the_others_handed_back_in_their_order()
    {
        var failed = await HandleAsync(
            Some.Batch(Some.Record("a"), Some.Record("b", "bad"), Some.Record("c"), Some.Record("d", "bad")),
            (record, _) => record.Body is "bad" ? throw new FormatException("bad") : Task.CompletedTask);

        Assert.Equal(["b", "d"], failed);
    }

    [Fact]
    public async Task A_record_carries_its_body_its_attempt_and_its_queue()
    {
        QueueRecord? seen = null;

        await HandleAsync(Some.Batch(Some.Record("a", "{\"ž\":\"\n\"}", receiveCount: 3)), (record, _) =>
        {
            seen = record;
            return Task.CompletedTask;
        });

        Assert.Equal(new QueueRecord("a", "{\"ž\":\"\n\"}", 3, "arn:aws:sqs:us-east-1:123456789012:remediator"), seen);
    }

    [Fact]
    public async Task Records_run_four_at_a_time()
    {
        var running = 0;
        var most = new ConcurrentBag<int>();

        var failed = await HandleAsync(Some.Batch(Enumerable.Range(0, 10).Select(n => Some.Record($"{n}"))), async (_, ct) =>
        {
            most.Add(Interlocked.Increment(ref running));
            await Task.Delay(20, ct);
            Interlocked.Decrement(ref running);
        });

        Assert.Empty(failed);
        Assert.Equal(4, most.Max());
    }

    [Fact]
    public async Task Near_the_deadline_no_record_is_started_and_the_rest_is_handed_back()
    {
        var failed = await HandleAsync(
            Some.Batch(Enumerable.Range(0, 6).Select(n => Some.Record($"{n}"))),
            (_, _) =>
            {
                clock.Advance(TimeSpan.FromSeconds(25));
                return Task.CompletedTask;
            },
            concurrency: 1);

        // Of 60 s: records started at 0 and 25 s; at 50 s less is left than a record needs.
        Assert.Equal(["2", "3", "4", "5"], failed);
    }

    [Fact]
    public async Task A_record_interrupted_by_its_token_is_handed_back_and_none_is_started_after_it()
    {
        using var interrupt = new CancellationTokenSource();
        var started = 0;

        var failed = await HandleAsync(
            Some.Batch(Some.Record("a"), Some.Record("b")),
            async (_, ct) =>
            {
                started++;
                await interrupt.CancelAsync();
                await Task.Delay(Timeout.Infinite, ct);
            },
            concurrency: 1,
            interrupt.Token);

        Assert.Equal(["a", "b"], failed);
        Assert.Equal(1, started);
    }

    [Fact]
    public async Task A_record_that_never_ends_does_not_cost_the_others_their_answer()
    {
        var (stuck, last) = (new TaskCompletionSource(), new TaskCompletionSource());
        var handling = HandleAsync(
            Some.Batch(Some.Record("stuck"), Some.Record("b"), Some.Record("last")),
            (record, _) => record.MessageId switch { "stuck" => stuck.Task, "last" => Begun(last, stuck.Task), _ => Task.CompletedTask },
            concurrency: 2);
        await last.Task.WaitAsync(TimeSpan.FromSeconds(20));

        clock.Advance(TimeSpan.FromSeconds(58));
        Assert.False(handling.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["stuck", "last"], await handling.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Failure_after_the_records_does_not_lose_their_answer()
    {
        var begun = new TaskCompletionSource();
        afterwards = () => Begun(begun, new TaskCompletionSource().Task);

        var handling = HandleAsync(Some.Batch(Some.Record("a"), Some.Record("b")), (_, _) => Task.CompletedTask);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Empty(await handling.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Handled_and_failed_records_are_counted_for_the_alarm()
    {
        await HandleAsync(
            Some.Batch(Some.Record("a"), Some.Record("b", "bad"), Some.Record("c")),
            (record, _) => record.Body is "bad" ? throw new FormatException("bad") : Task.CompletedTask);

        var metrics = Assert.Single(Lines(), line => line.TryGetProperty("_aws", out _));
        Assert.Equal(2, metrics.GetProperty(Remediate.HandledMetric).GetInt32());
        Assert.Equal(1, metrics.GetProperty(Remediate.FailedMetric).GetInt32());
    }

    [Fact]
    public async Task A_failed_record_is_logged_by_its_id_and_never_by_its_body()
    {
        await HandleAsync(Some.Batch(Some.Record("m-1", "secret", receiveCount: 2)), (_, _) => throw new FormatException("bad"));

        var line = Assert.Single(Lines(), line => line.TryGetProperty("exception", out _));
        Assert.Equal("m-1", line.GetProperty("fields").GetProperty("MessageId").GetString());
        Assert.Equal(2, line.GetProperty("fields").GetProperty("ReceiveCount").GetInt32());
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_has_no_failures() =>
        Assert.Empty(await HandleAsync("""{"Records":[]}""", (_, _) => throw new InvalidOperationException("not reached")));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Records":{}}""")]
    [InlineData("""{"Records":[7]}""")]
    [InlineData("""{"Records":[{"body":"{}"}]}""")]
    [InlineData("""{"Records":[{"messageId":"","body":"{}"}]}""")]
    [InlineData("""{"Records":[{"messageId":"a","body":"{}"},{"messageId":7,"body":"{}"}]}""")]
    [InlineData("""{"Records":[{"messageId":"a","body":{}}]}""")]
    public async Task What_is_no_batch_fails_as_a_whole_and_nothing_is_processed(string payload) =>
        await Assert.ThrowsAnyAsync<JsonException>(() =>
            HandleAsync(payload, (_, _) => throw new InvalidOperationException("not reached")));

    [Fact]
    public async Task A_malformed_event_fails_through_the_loop_and_the_next_batch_is_served()
    {
        await using var run = new FunctionRun(Some.Environment, _ => Handler((_, _) => Task.CompletedTask, 4, TimeProvider.System));

        var malformed = await run.InvokeAsync("""{"Records":"no"}""");
        var sound = await run.InvokeAsync(Some.Batch(Some.Record("a")));

        Assert.True(malformed.IsError);
        Assert.Equal("""{"batchItemFailures":[]}""", sound.Text());
    }

    public void Dispose()
    {
        http.Dispose();
        output.Dispose();
    }

    private async Task<string[]> HandleAsync(
        string payload, Func<QueueRecord, CancellationToken, Task> process, int? concurrency = null, CancellationToken ct = default)
    {
        var invocation = new Invocation("r", clock.GetUtcNow() + TimeSpan.FromSeconds(60), "", "", Encoding.UTF8.GetBytes(payload));

        var answer = await Handler(process, concurrency, clock).HandleAsync(invocation, ct);

        return [.. JsonElement.Parse(answer.Span).GetProperty("batchItemFailures").EnumerateArray()
            .Select(failure => failure.GetProperty("itemIdentifier").GetString()!)];
    }

    private Remediate Handler(Func<QueueRecord, CancellationToken, Task> process, int? concurrency, TimeProvider time)
    {
        var limits = BatchLimits.Default;
        var telemetry = Telemetry.Of(new Outside(http, Some.Environment.GetValueOrDefault, output, time));
        return new Remediate(
            new Processor(process, afterwards), limits with { Concurrency = concurrency ?? limits.Concurrency }, telemetry, time);
    }

    private static Task Begun(TaskCompletionSource told, Task goesOn)
    {
        told.TrySetResult();
        return goesOn;
    }

    private IEnumerable<JsonElement> Lines() =>
        Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => JsonElement.Parse(line));

    private sealed class Processor(Func<QueueRecord, CancellationToken, Task> process, Func<Task> afterwards) : IRecordProcessor
    {
        public Task ProcessAsync(QueueRecord record, CancellationToken ct) => process(record, ct);

        public Task CompleteAsync(CancellationToken ct) => afterwards();
    }
}
