using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Guard;

/// <summary>How many notices an hour may see, and how many of them one account.</summary>
internal sealed class NoticeLimit(IJournal journal, Budgets budgets)
{
    /// <summary>Counts a notice; false where it is one too many, and a summary has to speak for it.</summary>
    public async Task<bool> TakeAsync(string account, DateTimeOffset now, CancellationToken ct)
    {
        if (await IsLeftAsync(budgets.Notices(account, now), ct) && await IsLeftAsync(budgets.Notices(now), ct))
        {
            return true;
        }

        await journal.CountAsync(Budgets.Untold(now), 1, ct);
        return false;
    }

    private async Task<bool> IsLeftAsync(Budget notices, CancellationToken ct) => await journal.CountAsync(notices, 1, ct) <= notices.Limit;
}
