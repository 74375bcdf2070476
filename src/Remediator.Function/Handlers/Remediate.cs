using Microsoft.Extensions.Logging;
using Remediator.Authoring.Catalog;
using Remediator.Function.Logging;
using Remediator.Function.Runtime;

namespace Remediator.Function.Handlers;

/// <summary>Works through a batch of messages from the queue and hands back those that were not handled.</summary>
/// <remarks>
/// Every record counts as failed until it was handled, so that nothing but a record's own success deletes it: not a neighbour's fault,
/// not a deadline, not a defect here.
/// </remarks>
internal sealed partial class Remediate(IRecordProcessor processor, BatchLimits limits, Telemetry telemetry, TimeProvider clock) : IHandler
{
    // The template's alarm on the share of failures reads these two.
    internal const string HandledMetric = "RecordsHandled";
    internal const string FailedMetric = "RecordsFailed";

    private readonly ILogger log = telemetry.Logs.CreateLogger<Remediate>();

    public async Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct)
    {
        var batch = new Batch(QueueBatch.Read(invocation.Payload));

        // On a thread of its own, since calls of AWS may keep it: the batch is answered in time all the same.
        await UntilAnswerIsDueAsync(
            Task.Run(() => WorkThroughAsync(batch, invocation.Deadline - limits.LastStart, ct), CancellationToken.None),
            invocation.Deadline - limits.LastAnswer);

        var failed = batch.Failed();
        Log.Answered(log, batch.Count, failed.Length, batch.Waiting);
        telemetry.Metrics.Write(
            [Metric.Count(HandledMetric, batch.Count - failed.Length), Metric.Count(FailedMetric, failed.Length)], [], []);
        return QueueBatch.Answer(failed);
    }

    private async Task WorkThroughAsync(Batch batch, DateTimeOffset lastStart, CancellationToken ct)
    {
        Task Work() => WorkAsync(batch, lastStart, ct);
        var others = Math.Max(Math.Min(limits.Concurrency, batch.Count) - 1, 0);
        await Task.WhenAll([.. Enumerable.Range(0, others).Select(_ => Task.Run(Work, CancellationToken.None)), Work()]);
        if (clock.GetUtcNow() < lastStart)
        {
            await processor.CompleteAsync(ct);
        }
    }

    private async Task WorkAsync(Batch batch, DateTimeOffset lastStart, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested && clock.GetUtcNow() < lastStart && batch.TryTake(out var record))
        {
            if (await TryProcessAsync(record, ct))
            {
                batch.Handled(record);
            }
        }
    }

    private async Task<bool> TryProcessAsync(QueueRecord record, CancellationToken ct)
    {
        try
        {
            await processor.ProcessAsync(record, ct);
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Log.Interrupted(log, record.MessageId);
        }
        catch (Exception fault)
        {
            Log.Failed(log, fault, record.MessageId, record.ReceiveCount);
        }

        return false;
    }

    // A record that ignores its cancellation must not delay the answer of the batch: without an answer Lambda delivers every record again.
    private async Task UntilAnswerIsDueAsync(Task work, DateTimeOffset due)
    {
        var left = due - clock.GetUtcNow();
        try
        {
            await work.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        }
        catch (TimeoutException)
        {
            Log.Overrun(log);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7201, LogLevel.Information, "Batch of {Records}: {Failed} handed back, {NotStarted} of them not started")]
        public static partial void Answered(ILogger log, int records, int failed, int notStarted);

        [LoggerMessage(7202, LogLevel.Error, "Record {MessageId} failed at delivery {ReceiveCount}")]
        public static partial void Failed(ILogger log, Exception fault, string messageId, int receiveCount);

        [LoggerMessage(7203, LogLevel.Warning, "Record {MessageId} was interrupted before the deadline and handed back")]
        public static partial void Interrupted(ILogger log, string messageId);

        [LoggerMessage(7204, LogLevel.Error, "A record runs on at the deadline; the batch is answered without it")]
        public static partial void Overrun(ILogger log);
    }
}
