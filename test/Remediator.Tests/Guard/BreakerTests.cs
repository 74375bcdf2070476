using Moq;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Guard;

/// <summary>A breaker by itself: what opens, half-opens and closes it, and what people hear of that.</summary>
public sealed class BreakerTests
{
    private readonly TestClock clock = new();
    private readonly MemoryJournal journal;
    private readonly Budgets budgets = new(Limits.Default with { MostFailures = 3, MostFailingAccounts = 2 });
    private readonly List<(string? Account, bool IsOpen)> told = [];
    private bool isHeard = true;

    public BreakerTests() => journal = new(clock, TimeSpan.FromMinutes(3));

    private Breaker New => new(
        journal,
        budgets,
        (news, _) =>
        {
            told.Add((news.Account, news.IsOpen));
            return Task.FromResult(isHeard);
        },
        clock);

    [Theory]
    [InlineData(nameof(Reason.Failed), true)]
    [InlineData(nameof(Reason.NotVerified), true)]
    [InlineData(nameof(Reason.NotPermitted), true)]
    [InlineData(nameof(Reason.Conflict), false)]
    [InlineData(nameof(Reason.OverBudget), false)]
    public void Only_what_speaks_against_the_playbook_counts(string reason, bool counts) =>
        Assert.Equal(counts, Breaker.Counts(Enum.Parse<Reason>(reason)));

    [Fact]
    public async Task It_opens_with_the_failure_that_reaches_the_limit_and_is_told_once()
    {
        await FailAsync("1", 2);
        Assert.Empty(told);

        await FailAsync("1", 3);

        Assert.Equal([("1", true)], told);
    }

    [Fact]
    public async Task When_those_of_too_many_accounts_are_open_that_of_all_opens()
    {
        await FailAsync("1", 3);
        await FailAsync("2", 3);

        Assert.Equal([("1", true), ("2", true), (null, true)], told);
    }

    [Fact]
    public async Task In_the_next_hour_one_failure_opens_it_again_in_silence()
    {
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await journal.CountAsync(budgets.Failures("1", "some-playbook", clock.GetUtcNow()), 0, default));

        await FailAsync("1", 1);

        Assert.Equal([("1", true)], told);
        Assert.Equal(3, await journal.CountAsync(budgets.Failures("1", "some-playbook", clock.GetUtcNow()), 0, default));
    }

    [Fact]
    public async Task Who_did_not_hear_that_it_opened_hears_it_when_it_opens_again()
    {
        isHeard = false;
        await FailAsync("1", 3);
        isHeard = true;
        clock.Advance(TimeSpan.FromHours(1));

        await FailAsync("1", 1);
        clock.Advance(TimeSpan.FromHours(1));
        await FailAsync("1", 1);

        Assert.Equal([("1", true), ("1", true)], told);
    }

    [Fact]
    public async Task Success_of_the_trial_closes_it_and_is_told_once()
    {
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(1));

        await SucceedAsync("1");
        await SucceedAsync("1");

        Assert.Equal([("1", true), ("1", false)], told);
        Assert.Equal(0, await journal.CountAsync(budgets.Failures("1", "some-playbook", clock.GetUtcNow()), 0, default));
    }

    [Fact]
    public async Task Success_in_another_account_closes_nothing()
    {
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(1));

        await SucceedAsync("2");

        Assert.Equal([("1", true)], told);
        Assert.Equal(2, await journal.CountAsync(budgets.Failures("1", "some-playbook", clock.GetUtcNow()), 0, default));
    }

    [Fact]
    public async Task Success_after_the_trial_failed_does_not_close_what_is_open_again()
    {
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(1));
        await FailAsync("1", 1);

        await SucceedAsync("1");

        Assert.Equal([("1", true)], told);
        Assert.Equal(3, await journal.CountAsync(budgets.Failures("1", "some-playbook", clock.GetUtcNow()), 0, default));
    }

    [Fact]
    public async Task While_none_is_half_open_a_process_asks_once_an_hour()
    {
        var breaker = New;
        await breaker.CountSuccessAsync(Failed("1"), default);
        await FailAsync("1", 3);
        await breaker.CountSuccessAsync(Failed("1"), default);
        clock.Advance(TimeSpan.FromHours(1));

        await breaker.CountSuccessAsync(Failed("1"), default);

        Assert.Equal([("1", true), ("1", false)], told);
    }

    [Fact]
    public async Task Hour_without_a_failure_closes_it_and_whoever_heard_is_told_once()
    {
        await OpenAsync("1");
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(1));
        await New.TellOfClosedAsync(default);
        Assert.Equal([("1", true)], told);

        clock.Advance(TimeSpan.FromHours(1));
        await New.TellOfClosedAsync(default);
        await New.TellOfClosedAsync(default);

        Assert.Equal([("1", true), ("1", false)], told);
    }

    [Fact]
    public async Task Breaker_that_opened_again_in_its_hour_is_not_told_closed()
    {
        await OpenAsync("1");
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(1));
        await FailAsync("1", 1);
        clock.Advance(TimeSpan.FromHours(1));

        await New.TellOfClosedAsync(default);

        Assert.Equal([("1", true)], told);
    }

    [Fact]
    public async Task Only_incidents_that_failed_tell_which_breaker_may_have_closed()
    {
        await OpenAsync("1", Reason.Conflict);
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(2));

        await New.TellOfClosedAsync(default);

        Assert.Equal([("1", true)], told);
    }

    [Fact]
    public async Task Hour_begins_at_its_first_moment()
    {
        var breaker = New;
        await breaker.CountSuccessAsync(Failed("1"), default);
        await FailAsync("1", 3);
        clock.SetUtcNow(Budgets.HourEnds(clock.GetUtcNow()));

        await breaker.CountSuccessAsync(Failed("1"), default);

        Assert.Equal([("1", true), ("1", false)], told);
    }

    [Fact]
    public async Task Where_none_is_half_open_nothing_but_that_is_asked_and_once_an_hour()
    {
        var asked = new Mock<IJournal>();
        var breaker = new Breaker(asked.Object, budgets, (_, _) => Task.FromResult(true), clock);

        await breaker.CountSuccessAsync(Failed("1"), default);
        await breaker.CountSuccessAsync(Failed("2"), default);
        asked.Verify(j => j.CountAsync(It.IsAny<Budget>(), 0, default), Moq.Times.Once);

        await breaker.TellOfClosedAsync(default);
        asked.Verify(j => j.CountAsync(It.IsAny<Budget>(), 0, default), Moq.Times.Exactly(2));
        asked.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Success_closes_that_of_all_accounts_too_and_both_are_told()
    {
        await FailAsync("1", 3);
        await FailAsync("2", 3);
        clock.Advance(TimeSpan.FromHours(1));
        told.Clear();

        await SucceedAsync("1");

        Assert.Equal([("1", false), (null, false)], told);
    }

    [Fact]
    public async Task Hour_without_a_failure_closes_that_of_all_accounts_too_and_is_looked_at_once()
    {
        await OpenAsync("1");
        await FailAsync("1", 3);
        await FailAsync("2", 3);
        clock.Advance(TimeSpan.FromHours(2));
        told.Clear();

        await New.TellOfClosedAsync(default);

        Assert.Equal([("1", false), (null, false)], told);
        Assert.Equal(0, await journal.CountAsync(Budgets.HalfOpen(clock.GetUtcNow().AddHours(-1)), 0, default));
    }

    [Fact]
    public async Task Success_where_another_breaker_is_half_open_does_not_hide_the_failures_of_its_hour()
    {
        await FailAsync("1", 3);
        clock.Advance(TimeSpan.FromHours(1));
        await FailAsync("2", 2);

        await SucceedAsync("2");
        await FailAsync("2", 1);

        Assert.Contains(("2", true), told);
    }

    [Fact]
    public async Task End_of_a_breaker_is_told_the_way_that_its_beginning_was()
    {
        var routes = new List<(string? Account, string Team)>();
        var breaker = new Breaker(
            journal,
            budgets,
            (news, _) =>
            {
                routes.Add((news.Account, news.Route.Team));
                return Task.FromResult(true);
            },
            clock);
        for (var n = 0; n < 3; n++)
        {
            await breaker.CountFailureAsync(OfTeam(Failed("1"), "team-a"), default);
            await breaker.CountFailureAsync(OfTeam(Failed("2"), "team-b"), default);
        }

        clock.Advance(TimeSpan.FromHours(1));
        routes.Clear();
        await breaker.CountSuccessAsync(OfTeam(Failed("1"), "team-c"), default);

        Assert.Equal(("1", "team-a"), routes[0]);
    }

    private static Incident OfTeam(Incident incident, string team) => incident with { Terms = incident.Terms with { Owner = team } };

    private static Incident Failed(string account, Reason reason = Reason.Failed)
    {
        var incident = Some.Incident(new ResourceKey(account, "us-east-1", "AWS::S3::Bucket", "orders"));
        return incident with
        {
            State = IncidentState.Escalated,
            Reason = reason,
            Terms = incident.Terms with { Playbook = "some-playbook" },
        };
    }

    private async Task FailAsync(string account, int times)
    {
        var left = times - await journal.CountAsync(Asked(account), 0, default);
        for (var n = 0; n < (times is 1 ? 1 : left); n++)
        {
            await journal.CountAsync(Asked(account), 1, default);
            await New.CountFailureAsync(Failed(account), default);
        }
    }

    private Task SucceedAsync(string account) => New.CountSuccessAsync(Failed(account), default);

    /// <summary>How often the test itself failed in an account.</summary>
    private static Budget Asked(string account) => new($"asked {account}", int.MaxValue, DateTimeOffset.MaxValue);

    private async Task OpenAsync(string account, Reason reason = Reason.Failed)
    {
        var incident = Failed(account, reason);
        var claimer = new Claimer(journal, Limits.Default, clock);
        var mine = Assert.IsType<Claim.Mine>(await claimer.ClaimAsync(
            Some.Change(incident.Rule, incident.Resource, clock.GetUtcNow()), null, incident.Terms, default));
        await claimer.Run(mine).ReleaseAsync(
            mine.Incident with
            {
                State = incident.State,
                Reason = reason,
                Terms = incident.Terms,
                Due = clock.GetUtcNow().AddDays(9),
            },
            default);
    }
}
