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
internal sealed class Breaker(IJournal journal, Budgets budgets, Func<BreakerOpened, CancellationToken, Task<bool>> tell, TimeProvider clock)
{
    /// <summary>The end of an hour in which no breaker is half-open: what opens in it half-opens in the next one.</summary>
    private long allClosedUntil;

    /// <summary>What speaks against the playbook. A resource that was busy for long, and a service that had too many calls, do not.</summary>
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

        await TellAsync(new(incident, account, failures), ct);
        var accounts = budgets.FailingAccounts(playbook, now);
        if (await OpensAsync(accounts, budgets.FailingAccounts(playbook, accounts.WindowEnds), ct))
        {
            await TellAsync(new(incident, null, accounts), ct);
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

        await CloseAsync(budgets.Failures(incident.Resource.Account, incident.Playbook, now), now, ct);
        await CloseAsync(budgets.FailingAccounts(incident.Playbook, now), now, ct);
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

    private async Task TellAsync(BreakerOpened opened, CancellationToken ct)
    {
        // People who could not be told this time are told the next time.
        if (await journal.CountAsync(Budgets.Known(opened.Failures, clock.GetUtcNow()), 0, ct) > 0 || await tell(opened, ct))
        {
            await journal.CountAsync(Budgets.Known(opened.Failures, opened.Failures.WindowEnds), 1, ct);
        }
    }

    private async Task CloseAsync(Budget failures, DateTimeOffset now, CancellationToken ct)
    {
        if (await journal.CountAsync(Budgets.HalfOpen(failures, now), 0, ct) == 0)
        {
            return;
        }

        var count = await journal.CountAsync(failures, 0, ct);
        if (count < failures.Limit)
        {
            await journal.CountAsync(failures with { Trials = int.MaxValue }, -count, ct);
        }
    }
}

/// <summary>A breaker opened.</summary>
/// <param name="Last">The incident that failed last.</param>
/// <param name="Account">Where the playbook is out of use; null for everywhere.</param>
/// <param name="Failures">What was counted.</param>
internal sealed record BreakerOpened(Incident Last, string? Account, Budget Failures);
