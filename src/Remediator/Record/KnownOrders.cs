using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// The orders of people as this process knows them: asked for once in a few seconds, with one small read, whatever the number of events.
/// </summary>
internal sealed class KnownOrders(IJournal journal, TimeProvider clock)
{
    private volatile Known known = new(OrderBook.Empty, DateTimeOffset.MinValue);

    public async Task<OrderBook> NowAsync(CancellationToken ct)
    {
        var (before, now) = (known, clock.GetUtcNow());
        if (now - before.At < Limits.StopKnownFor)
        {
            return before.Book;
        }

        var book = await journal.OrdersAsync(before.Book, ct);
        known = new(book, now);
        return book;
    }

    /// <summary>Asks again, whenever it was asked last.</summary>
    public Task<OrderBook> AnewAsync(CancellationToken ct)
    {
        known = known with { At = DateTimeOffset.MinValue };
        return NowAsync(ct);
    }

    private sealed record Known(OrderBook Book, DateTimeOffset At);
}
