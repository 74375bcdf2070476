using Remediator.Incidents;

namespace Remediator.Guard;

/// <summary>Under which names changes, failures and notices are counted, each in its hour.</summary>
internal sealed class Budgets(Limits limits)
{
    /// <summary>What a change that begins is held against: the breakers first.</summary>
    public IReadOnlyList<Budget> OfChange(string account, string playbook, DateTimeOffset now)
    {
        var ends = HourEnds(now);
        return
        [
            Failures(account, playbook, now),
            FailingAccounts(playbook, now),
            new("all", limits.ChangesPerHour, ends),
            new($"account {account}", limits.ChangesPerAccount, ends),
            new($"playbook {playbook}", limits.ChangesPerPlaybook, ends),
        ];
    }

    /// <summary>The failures of a playbook in one account: changes only look at the count.</summary>
    public Budget Failures(string account, string playbook, DateTimeOffset now) =>
        new($"failures of playbook {playbook} in account {account}", limits.MostFailures, HourEnds(now)) { IsBreaker = true };

    /// <summary>The accounts in which a playbook failed too often.</summary>
    public Budget FailingAccounts(string playbook, DateTimeOffset now) =>
        new($"accounts in which playbook {playbook} fails", limits.MostFailingAccounts, HourEnds(now)) { IsBreaker = true };

    /// <summary>That any breaker is half-open in an hour.</summary>
    public static Budget HalfOpen(DateTimeOffset now) => new("half-open breakers", int.MaxValue, HourEnds(now));

    /// <summary>That a breaker is half-open in an hour.</summary>
    public static Budget HalfOpen(Budget breaker, DateTimeOffset now) => new($"half-open: {breaker.Name}", int.MaxValue, HourEnds(now));

    /// <summary>That people know of a breaker which opened in this hour or in those before it.</summary>
    public static Budget Known(Budget breaker, DateTimeOffset now) => new($"known: {breaker.Name}", int.MaxValue, HourEnds(now));

    public Budget Notices(DateTimeOffset now) => new("notices", limits.MostNotices, HourEnds(now));

    public Budget Notices(string account, DateTimeOffset now) =>
        new($"notices of account {account}", Math.Max(limits.LeastNoticesOfAccount, limits.MostNotices / 2), HourEnds(now));

    /// <summary>The notices of an hour that were too many.</summary>
    public static Budget Untold(DateTimeOffset now) => new("untold notices", int.MaxValue, HourEnds(now));

    /// <summary>That an hour's summary was sent.</summary>
    public static Budget Summary(DateTimeOffset now) => new("summary", 1, HourEnds(now));

    public static DateTimeOffset HourEnds(DateTimeOffset now) =>
        new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
}
