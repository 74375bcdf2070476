using System.Text;
using Microsoft.Extensions.Logging;
using Remediator.Function.Logging;
using Remediator.Function.Tracing;
using Remediator.Incidents;
using Remediator.Intake;
using Remediator.Sweep;

namespace Remediator.Function.Handlers;

/// <summary>
/// Takes one message through the pipeline. Only a message that must come again, or be seen in the dead-letter queue, throws.
/// </summary>
internal sealed partial class RecordProcessor(
    Pipeline pipeline, DueIncidents incidents, Metrics metrics, TimeProvider clock, ILogger<RecordProcessor> log) : IRecordProcessor
{
    // The template's dashboard shows all of them, and its alarms on what is unusual look at two.
    internal const string OutcomesMetric = "Outcomes";
    internal const string FindingsMetric = "Findings";
    internal const string TimeToFixMetric = "TimeToFix";
    internal const string ProbesMetric = "Probes";

    public async Task ProcessAsync(QueueRecord record, CancellationToken ct)
    {
        switch (EventReader.Read(Encoding.UTF8.GetBytes(record.Body), clock.GetUtcNow()))
        {
            case Received.Rejected(var why):
                throw new RejectedException(why);
            case Received.Ignored(var why):
                Log.Ignored(log, record.MessageId, why);
                break;
            case Received.Probe(var id, var account, var region):
                metrics.Write([Metric.Count(ProbesMetric)], [], [new("probe", id), new("account", account), new("region", region)]);
                Log.Probe(log, record.MessageId, id, account, region);
                break;
            case Received.Change(var change):
                await RunAsync(record, change, ct);
                break;
            case Received.Due(var key):
                await GoOnAsync(record, key, ct);
                break;
            case Received.AlarmRang(var account, var region, var name):
                Log.AlarmRang(log, record.MessageId, name, await incidents.AlarmAsync(account, region, name, ct));
                break;
            default:
                throw new InvalidOperationException(
                    "An event is rejected, ignored, a probe, a change, an alarm, or word that an incident is due.");
        }
    }

    public async Task CompleteAsync(CancellationToken ct)
    {
        try
        {
            foreach (var refused in await incidents.AskConfigAsync(ct))
            {
                Log.NotAsked(log, refused.Code);
            }
        }
        catch (Exception fault)
        {
            // They are wanted still, and asked for after the next batch or by the next look at the incident.
            Log.NotCompleted(log, fault);
        }
    }

    private async Task GoOnAsync(QueueRecord record, string incidentKey, CancellationToken ct)
    {
        try
        {
            var outcome = await incidents.GoOnAsync(incidentKey, ct);
            metrics.Write([Metric.Count(Sweep.FailedMetric, 0)], [], []);
            Log.Ended(log, record.MessageId, outcome?.Name ?? "not due", outcome?.About?.Id ?? "", outcome?.Reason ?? "");
        }
        catch (Exception fault) when (!ct.IsCancellationRequested || fault is not OperationCanceledException)
        {
            // It stays due: the sweep hands it over again, and the alarm on those that fail rings.
            metrics.Write([Metric.Count(Sweep.FailedMetric)], [], []);
            Log.NotGoneOn(log, fault, record.MessageId);
        }
    }

    private async Task RunAsync(QueueRecord record, ComplianceChange change, CancellationToken ct)
    {
        using var span = Spans.OfEvent();
        var outcome = await pipeline.RunAsync(change, ct);
        var name = outcome.Name;
        span?.SetTag(Spans.Outcome, name).SetTag(Spans.Incident, outcome.About?.Id ?? "");
        metrics.Write(
            [Metric.Count(OutcomesMetric)],
            [new("Outcome", name)],
            [new("messageId", record.MessageId), new("playbook", outcome.About?.Playbook ?? ""), new("rule", change.Rule.Name)]);
        Count(change, outcome);
        Log.Ended(log, record.MessageId, name, outcome.About?.Id ?? "", outcome.Reason ?? "");
        if (outcome is Outcome.Busy(var why))
        {
            throw new RejectedException(why);
        }
    }

    /// <summary>
    /// By the environment of the account, of which the policy names a few: by outcome, playbook or rule, too, there would be one metric
    /// more to pay for each of them.
    /// </summary>
    private void Count(ComplianceChange change, Outcome outcome)
    {
        if (change.Compliance is not Compliance.NonCompliant)
        {
            return;
        }

        var finding = Metric.Count(FindingsMetric);
        metrics.Write(
            outcome is Outcome.Fixed ? [finding, Metric.Milliseconds(TimeToFixMetric, clock.GetUtcNow() - change.RecordedAt)] : [finding],
            outcome.About?.Terms.Environment is { Length: > 0 } kind ? [new("AccountEnvironment", kind)] : [],
            []);
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Record {MessageId} ignored: {Why}")]
        public static partial void Ignored(ILogger log, string messageId, string why);

        [LoggerMessage(1003, LogLevel.Error, "Record {MessageId}: its incident could not be swept")]
        public static partial void NotGoneOn(ILogger log, Exception fault, string messageId);

        [LoggerMessage(1004, LogLevel.Warning, "Config would not evaluate rules again: {Code}")]
        public static partial void NotAsked(ILogger log, string code);

        [LoggerMessage(1005, LogLevel.Error, "Config could not be asked to evaluate rules again")]
        public static partial void NotCompleted(ILogger log, Exception fault);

        [LoggerMessage(1006, LogLevel.Information, "Record {MessageId} ignored: probe {Probe} of account {Account}, {Region}, arrived")]
        public static partial void Probe(ILogger log, string messageId, string probe, string account, string region);

        [LoggerMessage(1007, LogLevel.Information, "Record {MessageId}: alarm {Alarm} rings, {Count} changes that it may take back")]
        public static partial void AlarmRang(ILogger log, string messageId, string alarm, int count);

        [LoggerMessage(1002, LogLevel.Information, "Record {MessageId} ended {Outcome}, incident {Incident}: {Why}")]
        public static partial void Ended(ILogger log, string messageId, string outcome, string incident, string why);
    }
}

/// <summary>A message that is not to be deleted, and why.</summary>
internal sealed class RejectedException(string why) : Exception(why);
