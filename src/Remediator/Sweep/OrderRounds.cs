using Microsoft.Extensions.Logging;
using Remediator.Decide;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>
/// What follows from the orders of people: those whose time is over are ended, and incidents that an order is about, or was about, are
/// decided anew. It goes through what is open only after an order was given or ended, and goes on in the next pass where it did not finish.
/// </summary>
internal sealed partial class OrderRounds(
    IJournal journal, KnownOrders known, OpenIncidents incidents, TimeProvider clock, ILogger<OrderRounds> log)
{
    private const string Bookmark = "orders";

    public async Task GoRoundAsync(CancellationToken ct)
    {
        var book = await EndedAsync(await known.AnewAsync(ct), ct);
        if (book.Unbelieved is [_, ..])
        {
            Log.Unbelieved(log, string.Join(", ", book.Unbelieved));
        }

        var version = $"{book.Version}";
        if ((await journal.BookmarkAsync(Bookmark, ct) ?? "0") != version && await FollowAsync(book, ct))
        {
            await journal.SetBookmarkAsync(Bookmark, version, ct);
        }
    }

    private async Task<OrderBook> EndedAsync(OrderBook book, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var over in book.Items.Where(o => !o.IsInForce(now)))
        {
            if (!await journal.WriteOrderAsync(over.Noted("its time is over", now) with { EndedAt = over.Until }, book, ct))
            {
                break;
            }

            book = await known.AnewAsync(ct);
        }

        return book;
    }

    /// <summary>False where some are left for the next pass: more than one does, held by another worker, or not handled.</summary>
    private async Task<bool> FollowAsync(OrderBook book, CancellationToken ct)
    {
        var (now, done, left) = (clock.GetUtcNow(), 0, 0);
        await foreach (var incident in journal.OpenAsync(ct))
        {
            if (!Concerns(incident, book, now))
            {
                continue;
            }

            if (done == Limits.IncidentsPerSweep || left == Limits.IncidentsPerSweep)
            {
                return false;
            }

            (done, left) = await DecidedAnewAsync(incident, ct) ? (done + 1, left) : (done, left + 1);
        }

        return left == 0;
    }

    private async Task<bool> DecidedAnewAsync(Incident incident, CancellationToken ct)
    {
        try
        {
            return await incidents.DecideAnewAsync(incident, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested || e is not OperationCanceledException)
        {
            // One that cannot be handled must not cost the others.
            Log.Failed(log, e, incident.Id);
            return false;
        }
    }

    private static bool Concerns(Incident i, OrderBook book, DateTimeOffset now) =>
        i.NotUnderstood is null && !Transitions.IsAtWork(i.State) && (i.Terms.Order is { } was
            ? book.Find(was.Id) is not { } order || !order.IsInForce(now) || order.Says != was.Says
            : i.State is IncidentState.AwaitingApproval or IncidentState.Escalated or IncidentState.Pending
                && Orders.About(book, new(i.Resource, i.Rule.Name, i.Terms.RuleIdentifier), now) is { Kind: not OrderKind.Pause });

    private static partial class Log
    {
        [LoggerMessage(7008, LogLevel.Error, "Orders that the service did not write, or that cannot be read, count for nothing: {Orders}")]
        public static partial void Unbelieved(ILogger log, string orders);

        [LoggerMessage(7009, LogLevel.Error, "Incident {Incident} could not be decided anew after an order")]
        public static partial void Failed(ILogger log, Exception error, string incident);
    }
}
