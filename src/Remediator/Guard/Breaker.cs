using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Guard;

/// <summary>
/// The breakers of each playbook, one for each account and one for all: open for the rest of an hour in which it failed too often, or in
/// which those of too many accounts opened; people are told once.
/// </summary>
/// <remarks>
/// An open breaker half-opens by itself: the next hour starts one failure short of the limit and lets one change through, whatever number
/// of workers ask. Where that one fails the breaker is open again, in silence; where it succeeds, or after an hour without a failure, it
/// is closed.
/// </remarks>
/// <param name="journal">Where failures are counted.</param>
/// <param name="budgets">Under which names.</param>
/// <param name="tell">Tells people; false where nobody heard it.</param>
/// <param name="clock">Whose hour it is.</param>
internal sealed class Breaker(IJournal journal, Budgets budgets, Func<BreakerNews, CancellationToken, Task<bool>> tell, TimeProvider clock)
{
    /// <summary>The end of an hour in which no breaker is half-open: what opens in it half-opens in the next one.</summary>
    private long allClosedUntil;

    /// <summary>
    /// What speaks against the playbook. A resource that was busy for long, and a service that had too many calls, do not.
    /// </summary>
    public static bool Counts(Reason reason) => reason is Reason.Failed or Reason.NotVerified or Reason.NotPermitted;

    public async Task CountFailureAsync(Incident incident, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (account, playbook) = (incident.Resource.Account, incident.Playbook);
        var failures = budgets.Failures(account, playbook, now);
        if (!await OpensAsync(failures, budgets.Failures(account, playbook, failures.WindowEnds), ct))
        {
            return;
        }

        await TellAsync(new(incident, account, failures, IsOpen: true), ct);
        var accounts = budgets.FailingAccounts(playbook, now);
        if (await OpensAsync(accounts, budgets.FailingAccounts(playbook, accounts.WindowEnds), ct))
        {
            await TellAsync(new(incident, null, accounts, IsOpen: true), ct);
        }
    }

    /// <summary>A change was made and proved: a breaker that let it through to see whether it would is closed.</summary>
    public async Task CountSuccessAsync(Incident incident, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Volatile.Read(ref allClosedUntil) > now.Ticks)
        {
            return;
        }

        var any = Budgets.HalfOpen(now);
        if (await journal.CountAsync(any, 0, ct) == 0)
        {
            Volatile.Write(ref allClosedUntil, any.WindowEnds.Ticks);
            return;
        }

        await CloseAsync(
            new(incident, incident.Resource.Account, budgets.Failures(incident.Resource.Account, incident.Playbook, now), IsOpen: false),
            now,
            ct);
        await CloseAsync(new(incident, null, budgets.FailingAccounts(incident.Playbook, now), IsOpen: false), now, ct);
    }

    /// <summary>
    /// An hour without another failure closed what was half-open in it: whoever was told that it opened is told. It is asked of the
    /// breakers of incidents that failed and are open still.
    /// </summary>
    public async Task TellOfClosedAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now.AddHours(-1);
        var any = Budgets.HalfOpen(before);
        var halfOpen = await journal.CountAsync(any, 0, ct);
        if (halfOpen <= 0)
        {
            return;
        }

        var asked = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var incident in journal.OpenAsync(ct))
        {
            if (incident.Reason is not { } reason || !Counts(reason))
            {
                continue;
            }

            var (account, playbook) = (incident.Resource.Account, incident.Playbook);
            BreakerNews[] closed =
            [
                new(incident, account, budgets.Failures(account, playbook, before), IsOpen: false),
                new(incident, null, budgets.FailingAccounts(playbook, before), IsOpen: false),
            ];
            foreach (var news in closed.Where(c => asked.Add(c.Failures.Name)))
            {
                if (await journal.CountAsync(Budgets.HalfOpen(news.Failures, now), 0, ct) == 0)
                {
                    await TellClosedAsync(news, before, ct);
                }
            }
        }

        await journal.CountAsync(any, -halfOpen, ct);
    }

    private async Task<bool> OpensAsync(Budget failures, Budget next, CancellationToken ct)
    {
        if (await journal.CountAsync(failures, 1, ct) != failures.Limit)
        {
            return false;
        }

        await journal.CountAsync(next with { Trials = 1 }, failures.Limit - 1, ct);
        await journal.CountAsync(Budgets.HalfOpen(failures, failures.WindowEnds), 1, ct);
        await journal.CountAsync(Budgets.HalfOpen(failures.WindowEnds), 1, ct);
        return true;
    }

    private async Task TellAsync(BreakerNews opened, CancellationToken ct)
    {
        // People who could not be told this time are told the next time.
        if (await journal.CountAsync(Budgets.Known(opened.Failures, clock.GetUtcNow()), 0, ct) > 0 || await tell(opened, ct))
        {
            await journal.SetBookmarkAsync(RouteOf(opened), opened.Route.Write(), ct);
            await journal.CountAsync(Budgets.Known(opened.Failures, opened.Failures.WindowEnds), 1, ct);
        }
    }

    /// <summary>Whoever knows that it opened hears, once, that it is over; should it open again, that is news.</summary>
    private async Task TellClosedAsync(BreakerNews closed, DateTimeOffset hour, CancellationToken ct)
    {
        var known = Budgets.Known(closed.Failures, hour);
        if (await journal.CountAsync(known, 0, ct) is var tellers and > 0 && await tell(await AsOpenedAsync(closed, ct), ct))
        {
            await journal.CountAsync(known, -tellers, ct);
        }
    }

    /// <summary>It goes to whoever was told that it opened.</summary>
    private async Task<BreakerNews> AsOpenedAsync(BreakerNews closed, CancellationToken ct) =>
        Route.Read(await journal.BookmarkAsync(RouteOf(closed), ct)) is { } route ? closed with { Route = route } : closed;

    /// <summary>The bookmark of how it was told that the breaker opened.</summary>
    private static string RouteOf(BreakerNews news) => $"route of {news.Failures.Name}";

    private async Task CloseAsync(BreakerNews closed, DateTimeOffset now, CancellationToken ct)
    {
        var failures = closed.Failures;
        if (await journal.CountAsync(Budgets.HalfOpen(failures, now), 0, ct) == 0)
        {
            return;
        }

        var count = await journal.CountAsync(failures, 0, ct);
        if (count < failures.Limit)
        {
            await journal.CountAsync(failures with { Trials = int.MaxValue }, -count, ct);
            await TellClosedAsync(closed, now, ct);
        }
    }
}

/// <summary>A breaker opened, or closed.</summary>
/// <param name="Last">The incident that failed last, or for one that closed any that it is about.</param>
/// <param name="Account">Whose breaker it is; null for that of all accounts.</param>
/// <param name="Failures">What was counted.</param>
internal sealed record BreakerNews(Incident Last, string? Account, Budget Failures, bool IsOpen)
{
    public const string Reason = "breaker-open";

    /// <summary>By what it is filtered.</summary>
    public Route Route { get; init; } = Route.Of(Last) with { Reason = Reason };
}
