using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Guard;

/// <summary>Failures in one account do not affect the others.</summary>
public sealed class AccountTests
{
    private const string Playbook = "s3/bucket-public-access-block";

    private readonly TestClock clock = new();
    private readonly MemoryJournal journal;
    private readonly List<BreakerNews> told = [];
    private readonly Budgets budgets = new(new Limits { MostFailures = 2, MostNotices = 40 });
    private readonly Breaker breaker;

    public AccountTests()
    {
        journal = new(clock, TimeSpan.FromMinutes(2));
        breaker = new(journal, budgets, TellAsync, clock);
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public async Task Breaker_opens_for_the_account_that_failed_and_for_no_other()
    {
        await FailAsync("111111111111", 2);

        Assert.False(await MayBeginAsync("111111111111"));
        Assert.True(await MayBeginAsync("222222222222"));
        Assert.Equal("111111111111", Assert.Single(told).Account);
    }

    [Fact]
    public async Task Breaker_opens_for_all_accounts_once_those_of_three_are_open()
    {
        await FailAsync("111111111111", 2);
        await FailAsync("222222222222", 2);
        Assert.True(await MayBeginAsync("444444444444"));

        await FailAsync("333333333333", 2);

        Assert.False(await MayBeginAsync("444444444444"));
        Assert.Equal(["111111111111", "222222222222", "333333333333", null], told.Select(t => t.Account));
    }

    [Fact]
    public async Task Few_failures_in_each_of_many_accounts_open_no_breaker()
    {
        foreach (var account in new[] { "1", "2", "3", "4" })
        {
            await FailAsync(account, 1);
        }

        Assert.True(await MayBeginAsync("1"));
        Assert.Empty(told);
    }

    [Fact]
    public async Task Trial_that_succeeds_closes_the_breaker()
    {
        await FailAsync("111111111111", 2);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await MayBeginAsync("111111111111"));
        Assert.False(await MayBeginAsync("111111111111"), "half-open lets one through");

        await breaker.CountSuccessAsync(In("111111111111"), CancellationToken.None);

        Assert.True(await MayBeginAsync("111111111111"));
        Assert.True(await MayBeginAsync("111111111111"));
        await FailAsync("111111111111", 1);
        Assert.True(await MayBeginAsync("111111111111"), "it counts from none again");
    }

    [Fact]
    public async Task Trial_that_succeeds_closes_the_breaker_of_all_accounts()
    {
        foreach (var account in new[] { "1", "2", "3" })
        {
            await FailAsync(account, 2);
        }

        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await MayBeginAsync("4"));
        Assert.False(await MayBeginAsync("5"));

        await breaker.CountSuccessAsync(In("4"), CancellationToken.None);

        Assert.True(await MayBeginAsync("5"));
        Assert.True(await MayBeginAsync("6"));
    }

    [Fact]
    public async Task Success_does_not_hide_the_failures_of_its_hour()
    {
        await FailAsync("1", 1);
        await breaker.CountSuccessAsync(In("1"), CancellationToken.None);
        await FailAsync("1", 1);

        Assert.False(await MayBeginAsync("1"));
    }

    [Fact]
    public async Task Trial_that_fails_opens_it_again_and_people_are_not_told_again()
    {
        await FailAsync("1", 2);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await MayBeginAsync("1"));
        await FailAsync("1", 1);

        Assert.False(await MayBeginAsync("1"));
        Assert.Single(told);
    }

    [Fact]
    public async Task One_account_may_use_half_of_the_notices_of_an_hour()
    {
        var limit = new NoticeLimit(journal, budgets);
        Assert.Equal(20, await TakenAsync(limit, "1", 30));
        Assert.Equal(20, await TakenAsync(limit, "2", 30));
        Assert.Equal(0, await TakenAsync(limit, "3", 5));
        Assert.Equal(25, await journal.CountAsync(Budgets.Untold(Now), 0, CancellationToken.None));
    }

    [Fact]
    public async Task One_account_may_use_ten_notices_in_any_case() =>
        Assert.Equal(10, await TakenAsync(new(journal, new(new Limits { MostNotices = 12 })), "1", 30));

    private static Incident In(string account)
    {
        var resource = Some.Bucket() with { Account = account };
        return Some.Incident(resource) with { Terms = new() { Playbook = Playbook } };
    }

    private async Task FailAsync(string account, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await breaker.CountFailureAsync(In(account), CancellationToken.None);
        }
    }

    private async Task<bool> MayBeginAsync(string account)
    {
        var bucket = Some.Bucket($"bucket-{Guid.NewGuid():N}") with { Account = account };
        var mine = Assert.IsType<Claim.Mine>(await journal.ClaimAsync(Some.Incident(bucket, now: Now), CancellationToken.None));
        return await journal.BeginAsync(mine.Incident, mine.Lease, budgets.OfChange(account, Playbook, Now), CancellationToken.None)
            is Begun.Yes;
    }

    private async Task<int> TakenAsync(NoticeLimit limit, string account, int times)
    {
        var taken = 0;
        for (var i = 0; i < times; i++)
        {
            taken += await limit.TakeAsync(account, Now, CancellationToken.None) ? 1 : 0;
        }

        return taken;
    }

    private Task<bool> TellAsync(BreakerNews opened, CancellationToken ct)
    {
        told.Add(opened);
        return Task.FromResult(true);
    }
}
