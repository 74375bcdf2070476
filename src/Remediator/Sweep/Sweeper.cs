using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>
/// The scheduled pass: goes on with what is urgent, hands the rest that is due over to the workers, asks Config to confirm, sends
/// summaries of notices, and looks for what no event told. However much is due, a pass does so much and no more; the next one takes what is
/// left.
/// </summary>
internal sealed partial class Sweeper(
    IJournal journal,
    OpenIncidents incidents,
    IQueue? queue,
    Backlog? backlog,
    TimeProvider clock,
    ILogger<Sweeper> log,
    IReadOnlyList<(string What, Func<CancellationToken, Task> Work)> chores)
{
    private const int MostNamed = 10;

    public async Task<Swept> SweepAsync(CancellationToken ct)
    {
        var swept = await GoOnAsync(ct);
        await RunIsolatedAsync("reevaluations", () => AskConfigAsync(ct), ct);
        foreach (var (what, work) in chores)
        {
            await RunIsolatedAsync(what, () => work(ct), ct);
        }

        await RunIsolatedAsync("backlog", async () => swept = swept with { Found = backlog is null ? 0 : await backlog.LookAsync(ct) }, ct);
        return swept;
    }

    private async Task<Swept> GoOnAsync(CancellationToken ct)
    {
        var (now, swept, room, handedOver) = (clock.GetUtcNow(), new Swept(0, 0), await RoomAsync(ct), new List<string>());
        var left = new List<string>();
        try
        {
            await foreach (var incident in journal.DueAsync(now, ct))
            {
                // It stays due, for a worker of the later version: it fills no pass, and is no lag of this one.
                if (incident.NotUnderstood is not null)
                {
                    left.Add(incident.Id);
                    continue;
                }

                swept = swept.With(incident, now);
                // Those that fail stay due, ahead of all others: they must not fill every pass.
                var isFull = swept.Seen - swept.Failed == Limits.IncidentsPerSweep || swept.Failed == Limits.IncidentsPerSweep;
                if (ct.IsCancellationRequested || (isFull && handedOver.Count >= room) || (room > 0 && handedOver.Count == room))
                {
                    break;
                }

                if (isFull || (room > 0 && !Transitions.IsUrgent(incident)))
                {
                    handedOver.Add(DueEvent.Of(incident));
                    continue;
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

        if (left is [_, ..])
        {
            Log.LeftAlone(log, left.Count, string.Join(", ", left.Take(MostNamed)));
        }

        await RunIsolatedAsync("hand-over", () => queue?.SendAsync(handedOver, ct) ?? Task.CompletedTask, ct);
        return swept with { HandedOver = handedOver.Count };
    }

    /// <summary>
    /// How many may be handed over; none where the queue is full or cannot be asked: then the pass does what it can itself.
    /// </summary>
    private async Task<int> RoomAsync(CancellationToken ct)
    {
        var room = 0;
        await RunIsolatedAsync(
            "hand-over", async () => room = queue is null ? 0 : Limits.WaitingMessages - await queue.WaitingAsync(ct), ct);
        return Math.Max(0, room);
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

        [LoggerMessage(7007, LogLevel.Warning, "Left alone, known only to a later version: {Count} due incidents, such as {Incidents}")]
        public static partial void LeftAlone(ILogger log, int count, string incidents);
    }
}

/// <summary>What a pass did.</summary>
internal sealed record Swept(int Seen, int Failed)
{
    /// <summary>Changes that Config knew of and no event had told.</summary>
    public int Found { get; init; }

    /// <summary>What was given to the workers.</summary>
    public int HandedOver { get; init; }

    /// <summary>How many seconds ago that was due which is due the longest.</summary>
    public double Lag { get; init; }

    /// <summary>The same of what is urgent.</summary>
    public double UrgentLag { get; init; }

    public Swept With(Incident due, DateTimeOffset now)
    {
        var lag = (now - (due.Due ?? now)).TotalSeconds;
        return Transitions.IsUrgent(due) ? this with { UrgentLag = Math.Max(UrgentLag, lag) } : this with { Lag = Math.Max(Lag, lag) };
    }
}
