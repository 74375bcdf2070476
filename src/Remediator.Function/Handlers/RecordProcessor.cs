using System.Text;
using Microsoft.Extensions.Logging;
using Remediator.Function.Logging;
using Remediator.Incidents;
using Remediator.Intake;

namespace Remediator.Function.Handlers;

/// <summary>
/// Takes one message through the pipeline. Only a message that must come again, or be seen in the dead-letter queue, throws.
/// </summary>
internal sealed partial class RecordProcessor(Pipeline pipeline, Metrics metrics, TimeProvider clock, ILogger<RecordProcessor> log)
    : IRecordProcessor
{
    public async Task ProcessAsync(QueueRecord record, CancellationToken ct)
    {
        switch (EventReader.Read(Encoding.UTF8.GetBytes(record.Body), clock.GetUtcNow()))
        {
            case Received.Rejected(var why):
                throw new RejectedException(why);
            case Received.Ignored(var why):
                Log.Ignored(log, record.MessageId, why);
                break;
            case Received.Change(var change):
                await RunAsync(record, change, ct);
                break;
            default:
                throw new InvalidOperationException("An event is rejected, ignored or a change.");
        }
    }

    private async Task RunAsync(QueueRecord record, ComplianceChange change, CancellationToken ct)
    {
        var outcome = await pipeline.RunAsync(change, ct);
        var name = outcome.Name;
        metrics.Write([Metric.Count("Outcomes")], [new("Outcome", name)], [new("messageId", record.MessageId)]);
        Log.Ended(log, record.MessageId, name, outcome.About?.Id ?? "", outcome.Reason ?? "");
        if (outcome is Outcome.Busy(var why))
        {
            throw new RejectedException(why);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Record {MessageId} ignored: {Why}")]
        public static partial void Ignored(ILogger log, string messageId, string why);

        [LoggerMessage(1002, LogLevel.Information, "Record {MessageId} ended {Outcome}, incident {Incident}: {Why}")]
        public static partial void Ended(ILogger log, string messageId, string outcome, string incident, string why);
    }
}

/// <summary>A message that is not to be deleted, and why.</summary>
internal sealed class RejectedException(string why) : Exception(why);
