using Microsoft.Extensions.Logging;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>
/// The scheduled pass: goes on with what was left open, asks Config to confirm, tells of storms, and looks for what no event told.
/// However large the backlog, a pass does so much and no more; what is left is due still, and the next one takes it.
/// </summary>
internal sealed partial class Sweeper(
    IJournal journal,
    OpenIncidents incidents,
    NoticeSummaries storms,
    Breaker breaker,
    Backlog? backlog,
    TimeProvider clock,
    ILogger<Sweeper> log)
{
    private const int MostPerPass = 100;

    public async Task<Swept> SweepAsync(CancellationToken ct)
    {
        var swept = new Swept(0, 0);
        try
        {
            await foreach (var incident in journal.DueAsync(clock.GetUtcNow(), ct))
            {
                // Those that fail stay due, ahead of all others: they must not fill every pass.
                if (swept.Seen - swept.Failed == MostPerPass || swept.Failed == MostPerPass || ct.IsCancellationRequested)
                {
                    break;
                }

                swept = await SweepAsync(incident, ct)
                    ? swept with { Seen = swept.Seen + 1 }
                    : swept with { Seen = swept.Seen + 1, Failed = swept.Failed + 1 };
            }
        }
        catch (UnreadableIncidentException e)
        {
            Log.Failed(log, e, string.Join(", ", e.Incidents));
            swept = swept with { Seen = swept.Seen + e.Incidents.Count, Failed = swept.Failed + e.Incidents.Count };
        }

        await RunIsolatedAsync("reevaluations", () => AskConfigAsync(ct), ct);
        await RunIsolatedAsync("breakers", () => breaker.TellOfClosedAsync(ct), ct);
        await RunIsolatedAsync("storms", () => storms.SummariseAsync(ct), ct);
        await RunIsolatedAsync("backlog", async () => swept = swept with { Found = backlog is null ? 0 : await backlog.LookAsync(ct) }, ct);
        return swept;
    }

    private async Task<bool> SweepAsync(Incident incident, CancellationToken ct)
    {
        try
        {
            if (await incidents.GoOnAsync(incident, ct) is { } outcome)
            {
                Log.Swept(log, incident.Id, incident.State, outcome.Name);
            }

            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested || e is not OperationCanceledException)
        {
            // One incident that cannot be handled must not cost the others; it stays due and is counted.
            Log.Failed(log, e, incident.Id);
            return false;
        }
    }

    private async Task AskConfigAsync(CancellationToken ct)
    {
        foreach (var refused in await incidents.Reevaluations.AskAsync(ct))
        {
            Log.NotAsked(log, refused.Code);
        }
    }

    /// <summary>What goes wrong here costs nothing else, and comes round with the next pass.</summary>
    private async Task RunIsolatedAsync(string what, Func<Task> work, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await work();
        }
        catch (Exception e) when (!ct.IsCancellationRequested || e is not OperationCanceledException)
        {
            Log.IsolatedFailed(log, e, what);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7001, LogLevel.Information, "Swept incident {Incident}, {State}: {Outcome}")]
        public static partial void Swept(ILogger log, string incident, IncidentState state, string outcome);

        [LoggerMessage(7002, LogLevel.Error, "Incident {Incident} could not be swept")]
        public static partial void Failed(ILogger log, Exception error, string incident);

        [LoggerMessage(7003, LogLevel.Warning, "Config would not evaluate rules again: {Code}")]
        public static partial void NotAsked(ILogger log, string code);

        [LoggerMessage(7004, LogLevel.Error, "The sweep's {What} failed")]
        public static partial void IsolatedFailed(ILogger log, Exception error, string what);
    }
}

/// <summary>What a pass did.</summary>
internal sealed record Swept(int Seen, int Failed)
{
    /// <summary>Changes that Config knew of and no event had told.</summary>
    public int Found { get; init; }
}
