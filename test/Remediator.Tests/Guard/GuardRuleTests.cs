using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Guard;

/// <summary>When something is due, or over, to the moment: what the guards compute and read nothing for.</summary>
public sealed class GuardRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);
    private static readonly Limits L = Limits.Default with
    {
        RevertWindow = TimeSpan.FromHours(10),
        RemindAfter = [TimeSpan.FromHours(1), TimeSpan.FromHours(5)],
    };

    [Theory]
    [InlineData(0, 3)]
    [InlineData(600, 3)]
    [InlineData(601, 1)]
    public void Fix_that_is_wrong_again_within_the_window_is_one_revert_more_and_later_the_first(int minutes, int reverts)
    {
        var fixedOne = Fixed(2) with { FixedAt = Now, ChangedAt = Now.AddDays(-9) };

        Assert.Equal(reverts, Flapping.RevertsOf(fixedOne, L, Now.AddMinutes(minutes)));
        Assert.Equal(2, Flapping.RevertsOf(fixedOne with { State = IncidentState.Escalated }, L, Now.AddMinutes(minutes)));
        Assert.Equal(2, Flapping.RevertsOf(fixedOne with { Change = null }, L, Now));
    }

    [Fact]
    public void Fix_without_a_time_of_its_own_counts_from_the_last_change() =>
        Assert.Equal(3, Flapping.RevertsOf(Fixed(2) with { FixedAt = null, ChangedAt = Now }, L, Now.AddHours(1)));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Fix_flaps_from_the_limit_on(int reverts, bool isIt) => Assert.Equal(
        isIt, Flapping.Is(Fixed(reverts) with { State = IncidentState.Escalated }, L with { MostReverts = 2 }, Now));

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(61, false)]
    public void Resource_is_left_alone_until_it_is_quiet(int minutes, bool isLeft)
    {
        var hour = TimeSpan.FromHours(1);

        Assert.Equal(isLeft ? Now + hour : null, Quiet.Until(Now, hour, Now.AddMinutes(minutes)));
        Assert.Null(Quiet.Until(null, hour, Now));
    }

    [Fact]
    public void Patience_for_quiet_ends()
    {
        var incident = Some.Incident(now: Now);

        Assert.False(Quiet.IsOver(incident, Now + Limits.QuietPatience));
        Assert.True(Quiet.IsOver(incident, Now + Limits.QuietPatience + TimeSpan.FromTicks(1)));
    }

    [Theory]
    [InlineData(true, 14, false, true)]
    [InlineData(true, 15, false, false)]
    [InlineData(false, 0, false, false)]
    [InlineData(true, 0, true, false)]
    public void New_resource_is_left_to_settle_unless_a_person_says_to_go_on(bool isFirst, int minutes, bool isUrged, bool isLeft)
    {
        var incident = Some.Incident(now: Now);
        incident = incident with { Origin = incident.Origin with { IsFirst = isFirst }, IsUrged = isUrged };
        var quarter = TimeSpan.FromMinutes(15);

        Assert.Equal(isLeft ? Now + quarter : null, Settling.Until(incident, quarter, Now.AddMinutes(minutes)));
        Assert.Null(Settling.Until(incident, null, Now));
    }

    [Fact]
    public void Announced_plan_waits_from_the_notice_that_told_of_it_and_another_from_now()
    {
        var (plan, day) = (new Plan([]), TimeSpan.FromDays(1));
        var incident = Some.Incident(now: Now);
        var told = incident with { Telling = incident.Telling with { Announced = new(plan.Identity, Now) } };
        var other = incident with { Telling = incident.Telling with { Announced = new("another", Now) } };

        Assert.Null(Announced.Until(incident, plan, null, Now));
        Assert.Null(Announced.Until(incident, plan, TimeSpan.Zero, Now));
        Assert.Equal(Now + day, Announced.Until(incident, plan, day, Now));
        Assert.Equal(Now + day, Announced.Until(told, plan, day, Now.AddHours(23)));
        Assert.Null(Announced.Until(told, plan, day, Now + day));
        Assert.Equal(Now.AddHours(47), Announced.Until(other, plan, day, Now.AddHours(23)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 9)]
    [InlineData(3, 27)]
    [InlineData(4, 60)]
    public void Each_try_comes_later_by_its_share_of_a_tenth_sooner(int attempts, int minutes)
    {
        var (waits, starts) = (Some.Incident() with { Attempts = attempts }, Some.Incident() with
        {
            Attempts = attempts + 1,
            State = IncidentState.Applying,
        });

        Assert.InRange(Limits.Backoff(waits), TimeSpan.FromMinutes(minutes * 0.9), TimeSpan.FromMinutes(minutes));
        Assert.Equal(Limits.Backoff(waits), Limits.Backoff(starts));
        Assert.Equal(attempts + 1 < L.MostAttempts, L.IsAttemptLeft(waits));
        Assert.Equal(attempts + 1 < L.MostAttempts, L.IsAttemptLeft(starts));
    }

    [Fact]
    public void Incidents_spread_over_a_tenth_of_the_time_each_by_its_own_share()
    {
        var day = TimeSpan.FromDays(1);
        TimeSpan[] waits = [.. Enumerable.Range(0, 500).Select(i => Limits.Spread(Some.Incident(Some.Bucket($"bucket-{i}")), day))];

        Assert.All(waits, w => Assert.InRange(w, day * 0.9, day));
        Assert.True(waits.Distinct().Count() > 250);
        Assert.True(waits.Max() > day * 0.99);
        Assert.True(waits.Min() < day * 0.91);
        Assert.InRange(waits.Average(w => w.TotalHours), 22.4, 23.2);
        Assert.Equal(waits[7], Limits.Spread(Some.Incident(Some.Bucket("bucket-7")), day));
    }

    [Fact]
    public void Next_look_is_no_later_than_the_end_of_what_is_waited_for()
    {
        var incident = Some.Incident(now: Now);
        var look = L.NextLookAt(incident, Now);

        Assert.InRange(look, Now + (L.LookAgain * 0.9), Now + L.LookAgain);
        Assert.Equal(look, L.NextLookAt(incident, Now, look.AddTicks(1)));
        Assert.Equal(look.AddTicks(-1), L.NextLookAt(incident, Now, look.AddTicks(-1)));
    }

    [Fact]
    public void Reminders_follow_the_ladder_as_long_as_nobody_took_it_on()
    {
        var told = Told();

        Assert.Equal(Now.AddHours(1), L.Reminder(told));
        Assert.Equal(Now.AddHours(5), L.Reminder(Telling(told, t => t with { Reminders = 1 })));
        Assert.Null(L.Reminder(Telling(told, t => t with { Reminders = 2 })));
        Assert.Null(L.Reminder(Telling(told, t => t with { AcknowledgedBy = "kim" })));
        Assert.Null(L.Reminder(Telling(told, t => t with { Notice = NoticeState.Due })));
        Assert.Null(L.Reminder(told with { Reason = Reason.Announced }));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(60, 60)]
    [InlineData(90, 60)]
    public void People_are_told_again_by_what_comes_first(int secondStep, int expected)
    {
        var told = Told();
        told = told with { Terms = told.Terms with { EscalateTo = new(TimeSpan.FromMinutes(secondStep), "security") } };

        Assert.Equal(Now.AddMinutes(secondStep), Limits.SecondStep(told));
        Assert.Equal(Now.AddMinutes(expected), L.NextCall(told));
        Assert.Equal(Now.AddMinutes(secondStep), (L with { RemindAfter = [] }).NextCall(told));
        Assert.Null(Limits.SecondStep(Telling(told, t => t with { Further = "security" })));
        Assert.Equal(Now.AddHours(1), L.NextCall(Telling(told, t => t with { Further = "security" })));
        Assert.Null(Limits.SecondStep(told with { Reason = Reason.Announced }));
    }

    [Fact]
    public void Next_look_comes_with_the_next_call_where_that_is_sooner()
    {
        var told = Told();

        Assert.Equal(Now.AddMinutes(59), L.NextLook(told, Now.AddMinutes(59)));
        Assert.Equal(Now.AddHours(1), L.NextLook(told, Now.AddHours(2)));
        Assert.Equal(Now.AddHours(1), L.NextLook(told, null));
        Assert.Equal(Now.AddHours(2), L.NextLook(Telling(told, t => t with { AcknowledgedBy = "kim" }), Now.AddHours(2)));
        Assert.Null(L.NextLook(Telling(told, t => t with { AcknowledgedBy = "kim" }), null));
    }

    [Fact]
    public void What_is_counted_has_a_name_of_its_own_and_an_hour()
    {
        var budgets = new Budgets(Limits.Default);
        var failures = budgets.Failures("1", "s3/a", Now);
        Budget[] all =
        [
            failures, budgets.Failures("2", "s3/a", Now), budgets.Failures("1", "s3/b", Now), budgets.FailingAccounts("s3/a", Now),
            budgets.FailingAccounts("s3/b", Now), Budgets.HalfOpen(Now), Budgets.HalfOpen(failures, Now), Budgets.Known(failures, Now),
            budgets.Notices(Now), budgets.Notices("1", Now), budgets.Notices("2", Now), Budgets.Untold(Now), Budgets.Summary(Now),
            .. budgets.OfChange("1", "s3/a", Now).Skip(2),
            .. budgets.OfChange("2", "s3/b", Now).Skip(3),
        ];

        Assert.Equal(all.Length, all.Select(b => b.Name).Distinct().Count());
        Assert.All(all, b => Assert.Equal(new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero), b.WindowEnds));
        Assert.All(all, b => Assert.NotEmpty(b.Name));
        Assert.Equal([failures, budgets.FailingAccounts("s3/a", Now)], budgets.OfChange("1", "s3/a", Now).Where(b => b.IsBreaker));
    }

    private static Incident Fixed(int reverts) => Some.Incident() with
    {
        State = IncidentState.Fixed,
        Change = Some.Planned() with { IsInPlace = true },
        Reverts = reverts,
    };

    private static Incident Told() => Telling(
        Some.Incident() with { State = IncidentState.Escalated, Reason = Reason.Failed },
        t => t with { Notice = NoticeState.Sent, ToldAt = Now, ToldReason = Reason.Failed });

    private static Incident Telling(Incident incident, Func<Telling, Telling> with) => incident with { Telling = with(incident.Telling) };
}
