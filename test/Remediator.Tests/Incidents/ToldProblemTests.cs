using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What the journal keeps as the text of a bookmark is read back as it was written, also what an earlier version wrote.</summary>
public sealed class ToldProblemTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Problems_are_read_back_as_they_were_written()
    {
        ToldProblem[] problems =
        [
            new("a", "team-a", 7, Now, Now.AddHours(1))
            {
                Says = "one stack",
                Severity = Severity.Critical,
                Environment = "production",
                Further = "security",
                Reminders = 2,
            },
            new("b", "", 5, Now, Now),
        ];

        Assert.Equal(problems, ToldProblem.Read(ToldProblem.Write(problems)));
        Assert.Empty(ToldProblem.Read(null));
        Assert.Empty(ToldProblem.Read(ToldProblem.Write([])));
    }

    [Fact]
    public void Problem_of_an_earlier_version_has_what_that_one_wrote()
    {
        var read = Assert.Single(ToldProblem.Read(
            """[{"id":"a","owner":"team-a","count":3,"since":"2026-11-02T09:30:00+00:00","at":"2026-11-02T10:30:00+00:00"}]"""));

        Assert.Equal(new("a", "team-a", 3, Now, Now.AddHours(1)) { Severity = SeverityNames.Of(null) }, read);
    }

    [Fact]
    public void Times_are_kept_to_the_tick_and_what_is_missing_is_empty()
    {
        var problem = new ToldProblem("a", "", 1, Now.AddTicks(1), Now.AddTicks(3));

        var read = Assert.Single(ToldProblem.Read(ToldProblem.Write([problem])));

        Assert.Equal((problem.Since, problem.At), (read.Since, read.At));
        Assert.Equal(
            ("", "", "", "", null, 0),
            ToldProblem.Read("""[{"count":1,"since":"2026-11-02T09:30:00+00:00","at":"2026-11-02T09:30:00+00:00"}]""")[0] is var bare
                ? (bare.Id, bare.Owner, bare.Says, bare.Environment, bare.Further, bare.Reminders)
                : default);
    }

    [Fact]
    public void Thread_of_a_problem_is_its_cause_and_when_it_was_told_first() =>
        Assert.Equal("remediator/a/20261102093000", new ToldProblem("a", "", 1, Now, Now.AddDays(1)).Key);

    [Fact]
    public void Route_is_read_back_as_it_was_written()
    {
        var route = new Route("critical", "failed", "team-a", "production");

        Assert.Equal(route, Route.Read(route.Write()));
        Assert.Equal(new("", "", "", ""), Route.Read("{}"));
        Assert.Null(Route.Read(null));
        Assert.Null(Route.Read("[]"));
    }

    [Fact]
    public void End_goes_wherever_something_was_told_and_as_it_would_go_now_each_way_once()
    {
        var incident = Some.Incident() with { Reason = Reason.Failed, Terms = Some.Incident().Terms with { Owner = "team-b" } };
        var (now, before) = (Route.Of(incident), Route.Of(incident, "team-a"));
        var told = incident with { Telling = incident.Telling with { Routes = [before, now] } };

        Assert.Equal<Route>([now], Route.OfEnd(incident));
        Assert.Equal<Route>([before, now], Route.OfEnd(told));
        Assert.Equal("team-b", now.Team);
        Assert.Equal(new("warning", "", "team-b", ""), Route.Of(incident with { Reason = null }));
        Assert.Equal<Route>(
            [before, now, now with { Reason = "conflict" }],
            Route.OfEnd(told with { Telling = told.Telling with { ToldReason = Reason.Conflict } }));
    }

    [Fact]
    public void What_happened_before_a_person_let_a_rollout_go_on_is_not_held_against_it()
    {
        var seen = new RolloutCounts(5, 1, 2, 3);

        Assert.Equal(new(4, 3, 2, 1), new RolloutCounts(9, 4, 4, 4).Since(seen));
        Assert.Equal(RolloutCounts.None, new RolloutCounts(1, 0, 0, 0).Since(seen));
        Assert.Equal(new(5, 1, 2, 3), seen.Since(RolloutCounts.None));
    }

    [Fact]
    public void Rollout_keeps_the_newest_thirty_lines_and_rises_anew_from_where_it_is()
    {
        var rollout = new RolloutState { Id = "r", About = "s3", BegunAt = Now, Share = 40, From = 10, Since = Now };
        for (var n = 1; n <= 31; n++)
        {
            rollout = rollout.Noted(EntryKind.Noted, $"{n}", Now);
            Assert.Equal(Math.Min(n, 30), rollout.Entries.Length);
        }

        Assert.Equal(("2", "31"), (rollout.Entries[0].What, rollout.Entries[^1].What));
        Assert.Equal("", rollout.Owner);
        var rising = rollout.RisingFrom(Now.AddDays(1));
        Assert.Equal((40, 40, Now.AddDays(1)), (rising.Share, rising.From, rising.Since));
        Assert.Same(rollout, new RolloutBook(1, [rollout with { Id = "another" }, rollout]).Find("r"));
        Assert.Null(new RolloutBook(1, [rollout]).Find("another"));
    }
}
