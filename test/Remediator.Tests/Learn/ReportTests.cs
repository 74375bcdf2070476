using Remediator.Incidents;
using Remediator.Learn;
using static Remediator.Tests.Learn.Ended;

namespace Remediator.Tests.Learn;

/// <summary>What a report counts, and what it does not count twice.</summary>
public sealed class ReportTests
{
    private static readonly Digest[] Mixed =
    [
        Of("a", Fixed(60)) with { Team = "shop" },
        Of("b", Fixed(120)) with { Team = "shop" },
        Of("c", Fixed() with { IsAsked = true, IsApproved = true, HasPerson = true }) with { Team = "web" },
        Of("d", Fixed() with { Undone = 1, HasPerson = true, UndoneWhy = "on purpose" }) with { State = IncidentState.Held },
        Of("e", new() { Escalated = Reason.NotPermitted }) with { State = IncidentState.Escalated },
        Of("f", new() { IsObserved = true }),
        Of("g", new() { IsAlreadyRight = true }),
        Of("h", new() { IsAsked = true }) with { State = IncidentState.AwaitingApproval },
        Of("i", new()),
    ];

    [Fact]
    public void Each_line_counts_the_incidents_that_it_names()
    {
        var t = Tally.Of(Mixed);

        Assert.Equal((9, 4, 1, 2, 1), (t.Incidents, t.Fixed, t.AlreadyRight, t.Asked, t.Approved));
        Assert.Equal((1, 1, 1), (t.Undone, t.Escalated, t.Observed));
        Assert.Equal((2, 3), (t.Waiting, t.Open));
        // a, b, c, g and i are settled; d is held, e and h wait, f was only observed. a, b and g needed nobody.
        Assert.Equal((5, 8, 3, 0.375), (t.Settled, t.Decided, t.Alone, t.AloneShare));
        Assert.Equal(3, t.Kept);
        Assert.Equal(0.75, t.HoursSaved(15));
    }

    [Fact]
    public void Median_and_p90_are_times_that_were_measured()
    {
        var t = Times.Of(Enumerable.Range(1, 10).Select(n => TimeSpan.FromMinutes(n)));

        Assert.Equal((10, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(9)), (t.Count, t.Median, t.P90));
        Assert.Equal(Times.None, Times.Of([]));
        Assert.Equal(TimeSpan.FromMinutes(20), Tally.Of([Of("a", Fixed())]).ToConfirm.Median);
        Assert.Equal(TimeSpan.FromSeconds(60), Tally.Of([Of("a", Fixed())]).ToRemediate.Median);
    }

    [Theory]
    [InlineData("Team", "(none),shop,web")]
    [InlineData("Rule", "some-rule")]
    [InlineData("Account", "123456789012")]
    [InlineData("Cause", "(not known)")]
    [InlineData("Playbook", "(none)")]
    public void Lines_add_up_to_the_total_for_every_grouping(string by, string names)
    {
        var report = Report.Of(Mixed, Start, Start.AddDays(1), Enum.Parse<Grouping>(by), 15);

        Assert.Equal(names.Split(','), report.Lines.Select(l => l.Name).Order());
        Assert.Equal(9, report.Lines.Sum(l => l.Tally.Incidents));
        Assert.Equal(9, report.Trend.Sum(b => b.Tally.Incidents));
        Assert.Equal(9, report.Trend.Sum(b => b.Tally.FixedAlone + b.Tally.AskedOnly + b.Tally.Escalated) + report.Trend.Sum(Rest));

        static int Rest((DateOnly From, Tally Tally) b) =>
            b.Tally.Incidents - b.Tally.FixedAlone - b.Tally.AskedOnly - b.Tally.Escalated;
    }

    [Fact]
    public void What_drifts_again_and_again_comes_first_with_who_is_behind_it()
    {
        var report = Report.Of(
            [
                Of("once", Fixed()),
                Of("often", Fixed() with { Reverts = 2 }) with { Principal = "arn:aws:sts::1:assumed-role/deploy/x" },
                Of("often", Fixed() with { IsRevert = true }, minutes: 100),
                Of("twice", Fixed()), Of("twice", Fixed(), minutes: 200),
                Of("twice", Fixed(), rule: "other"),
            ],
            Start, Start.AddDays(1), Grouping.Team, 15);

        Assert.Equal([("often", 3), ("twice", 1)], report.Recurring.Select(r => (r.Last.Resource.Id, r.Again)));
        Assert.Equal("arn:aws:sts::1:assumed-role/deploy", report.Recurring[0].Cause);
        Assert.Equal(("arn:aws:sts::1:assumed-role/deploy", 1, 2), Assert.Single(report.Causes));
        Assert.Equal(3, report.Total.Reverts);
    }

    [Fact]
    public void Long_period_is_shown_by_weeks_without_gaps()
    {
        var report = Report.Of([Of("a", Fixed()), Of("b", Fixed(), minutes: 200 * 1440)], Start, Start.AddDays(201), Grouping.Team, 15);

        Assert.Equal(29, report.Trend.Length);
        Assert.Equal(2, report.Trend.Sum(b => b.Tally.Incidents));
        Assert.Single(Report.Of([], Start, Start, Grouping.Team, 15).Trend);
    }
}
