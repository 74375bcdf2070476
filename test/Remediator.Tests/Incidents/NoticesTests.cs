using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What an incident says of its notice before and after it is sent.</summary>
public sealed class NoticesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);
    private static readonly Delivered Called = new(NoticeKind.Escalation, "people");
    private static readonly Delivered Over = new(NoticeKind.Resolved, "people");
    private static readonly Delivered Onward = new(NoticeKind.Further, "people");

    [Theory]
    [InlineData(nameof(NoticeState.None), false, false)]
    [InlineData(nameof(NoticeState.Due), false, true)]
    [InlineData(nameof(NoticeState.Sent), true, true)]
    [InlineData(nameof(NoticeState.Summarised), true, false)]
    [InlineData(nameof(NoticeState.Resolved), false, false)]
    public void Same_reason_is_no_news_once_people_were_called(string state, bool isTold, bool mayBeKnown)
    {
        var incident = Telling(Failed(), t => t with { Notice = Enum.Parse<NoticeState>(state), ToldReason = Reason.Failed });

        Assert.Equal(isTold, Notices.IsTold(incident));
        Assert.Equal(mayBeKnown, Notices.MayBeKnown(incident));
        Assert.False(Notices.IsTold(incident with { Reason = Reason.Conflict }));
    }

    [Fact]
    public void News_starts_the_ladder_anew_and_nobody_has_it()
    {
        var due = Notices.Due(Reported(), Now, Now.AddMinutes(5));

        Assert.Equal((NoticeState.Due, Now.AddMinutes(5)), (due.Telling.Notice, due.Due));
        AssertAnew(due.Telling);
        Assert.Null(due.Telling.Problem);
    }

    [Fact]
    public void Summary_speaks_for_its_reason()
    {
        var told = Notices.Summarised(Reported() with { Reason = Reason.Conflict }, Now).Telling;

        Assert.Equal((NoticeState.Summarised, Reason.Conflict), (told.Notice, told.ToldReason));
        AssertAnew(told);
    }

    [Fact]
    public void Incident_that_is_left_to_a_problem_says_so_once_in_its_history()
    {
        var joined = Notices.Joined(Failed(), "problem-1", Now);
        var again = Notices.Joined(joined, "problem-2", Now);

        Assert.Equal((NoticeState.Summarised, "problem-1"), (joined.Telling.Notice, joined.Telling.Problem));
        Assert.Equal(("left to the notice of problem-1", EntryKind.Told), (joined.Entries[^1].What, joined.Entries[^1].Kind));
        Assert.Equal("problem-2", again.Telling.Problem);
        Assert.Equal(joined.Entries.Length, again.Entries.Length);
    }

    [Fact]
    public void Sent_notice_keeps_its_reason_time_and_way_and_who_knows_already_that_it_is_over()
    {
        var sent = Notices.Sent(Failed(), new(true, [Called, Over, Onward]), Now);

        Assert.Equal((NoticeState.Sent, Reason.Failed, Now), (sent.Telling.Notice, sent.Telling.ToldReason, sent.Telling.ToldAt));
        Assert.Equal<Delivered>([Over], sent.Telling.Reached);
        Assert.Equal<Route>([Route.Of(Failed())], sent.Telling.Routes!.Value);
        Assert.Equal("notice sent", sent.Entries[^1].What);
        Assert.Null(sent.Telling.Announced);
    }

    [Fact]
    public void Notice_of_an_announced_plan_notes_the_plan_and_another_notice_leaves_it()
    {
        var incident = Failed() with { Reason = Reason.Announced, Change = Some.Planned() };

        var sent = Notices.Sent(incident, new(true, []), Now);

        Assert.Equal(new(incident.Plan!.Identity, Now), sent.Telling.Announced);
        var later = Notices.Sent(sent with { Reason = Reason.Failed }, new(true, []), Now.AddDays(1));
        Assert.Equal(sent.Telling.Announced, later.Telling.Announced);
        Assert.Null(Notices.Sent(Failed() with { Reason = Reason.Announced }, new(true, []), Now).Telling.Announced);
    }

    [Fact]
    public void Ways_of_notices_are_kept_once_each_and_the_newest_ten()
    {
        var incident = Failed();
        for (var n = 0; n < 12; n++)
        {
            incident = Notices.Sent(incident with { Terms = incident.Terms with { Owner = $"team-{n}" } }, new(true, []), Now);
        }

        incident = Notices.Sent(incident with { Terms = incident.Terms with { Owner = "team-5" } }, new(true, []), Now);

        Assert.Equal([2, 3, 4, 6, 7, 8, 9, 10, 11, 5], incident.Telling.Routes!.Value.Select(r => int.Parse(r.Team[5..], null)));
    }

    [Fact]
    public void Second_team_is_named_and_may_be_told_again_where_a_topic_refused()
    {
        var incident = Telling(Failed(), t => t with { Reached = [Onward, Over] });
        incident = incident with { Terms = incident.Terms with { EscalateTo = new(TimeSpan.FromHours(1), "security") } };

        var further = Notices.SentFurther(incident, Now);

        Assert.Equal("security", further.Telling.Further);
        Assert.Equal<Delivered>([Over], further.Telling.Reached);
        Assert.Equal<Route>([Route.Of(incident, "security")], further.Telling.Routes!.Value);
        Assert.Equal("nobody took it on: security was called", further.Entries[^1].What);
        Assert.Equal("", Notices.SentFurther(Failed(), Now).Telling.Further);
    }

    [Fact]
    public void Topics_that_took_a_notice_are_not_told_twice()
    {
        var incident = Notices.NotSent(Failed(), new(false, [Called]), "one topic refused", Now, Now.AddMinutes(5));

        Assert.Equal<Delivered>([Called], incident.Telling.Reached);
        Assert.Equal((Now.AddMinutes(5), "one topic refused"), (incident.Due, incident.Entries[^1].What));
        Assert.Equal(NoticeState.None, incident.Telling.Notice);
    }

    [Fact]
    public void Reminders_are_counted()
    {
        var twice = Notices.Reminded(Notices.Reminded(Failed(), Now), Now.AddHours(1));

        Assert.Equal(2, twice.Telling.Reminders);
        Assert.Equal(["reminder 1", "reminder 2"], twice.Entries.Select(e => e.What));
    }

    [Fact]
    public void Once_it_is_over_nothing_of_how_it_went_is_kept()
    {
        var over = Notices.Resolved(Reported()).Telling;

        Assert.Equal(NoticeState.Resolved, over.Notice);
        Assert.Null(over.Routes);
        Assert.Empty(over.Reached);
    }

    private static void AssertAnew(Telling telling)
    {
        Assert.Equal((0, null, null, Now), (telling.Reminders, telling.AcknowledgedBy, telling.Further, telling.ToldAt));
        Assert.Empty(telling.Reached);
    }

    private static Incident Failed() => Some.Incident(now: Now) with { State = IncidentState.Escalated, Reason = Reason.Failed };

    private static Incident Reported() => Telling(Failed(), t => t with
    {
        Notice = NoticeState.Sent,
        Reminders = 3,
        AcknowledgedBy = "kim",
        Further = "security",
        Problem = "problem-1",
        Reached = [Called],
        Routes = [Route.Of(Failed())],
        ToldAt = Now.AddDays(-1),
    });

    private static Incident Telling(Incident incident, Func<Telling, Telling> with) => incident with { Telling = with(incident.Telling) };
}
