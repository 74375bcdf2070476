using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>How far rising rollouts are as this process knows it: one small read in a minute, where one applies.</summary>
internal sealed class KnownRollouts(IJournal journal, TimeProvider clock)
{
    private volatile Known known = new(RolloutBook.Empty, DateTimeOffset.MinValue);

    public async Task<RolloutBook> NowAsync(CancellationToken ct)
    {
        var (before, now) = (known, clock.GetUtcNow());
        if (now - before.At < Limits.RolloutsKnownFor)
        {
            return before.Book;
        }

        var book = await journal.RolloutsAsync(ct);
        known = new(book, now);
        return book;
    }

    private sealed record Known(RolloutBook Book, DateTimeOffset At);
}
