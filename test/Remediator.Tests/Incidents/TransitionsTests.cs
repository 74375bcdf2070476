using System.Diagnostics;
using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>
/// The moves of an incident, without a journal and without a clock: row by row of the tables in the remarks of <see cref="Transitions"/>.
/// </summary>
public sealed class TransitionsTests
{
    private static readonly DateTimeOffset Now = Some.Time.AddHours(1);
    private static readonly DateTimeOffset Later = Now.AddMinutes(5);

    private const string Answers = "Observed AwaitingApproval Applying Pending Fixed Held Escalated";

    public static TheoryData<string> States => [.. Enum.GetNames<IncidentState>()];

    public static TheoryData<string, string, string> Table
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (state, mover, next) in MoveTable.InTheCode.Where(m => Enum.TryParse<IncidentState>(m.Next, out _)))
            {
                data.Add(state, mover, next);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_move_that_the_table_shows_is_allowed(string state, string mover, string next)
    {
        var (from, to) = (Enum.Parse<IncidentState>(state), Enum.Parse<IncidentState>(next));

        // Also from the states between: a fix is applied before it is fixed.
        Assert.True(Transitions.MayMove(from, to) || (Transitions.MayMove(from, IncidentState.Undoing) && to is IncidentState.Held), mover);
    }

    /// <summary>From Applying also to a question: of a change in parts no cell of the table ends there.</summary>
    [Theory]
    [InlineData("Open", Answers)]
    [InlineData("Observed", Answers + " Closed Undoing")]
    [InlineData("AwaitingApproval", Answers + " Closed Undoing")]
    [InlineData("Applying", "Applying Verifying Fixed Undoing Pending Escalated AwaitingApproval")]
    [InlineData("Verifying", "Verifying Fixed Undoing Pending Escalated Closed")]
    [InlineData("Pending", Answers + " Closed Undoing")]
    [InlineData("Fixed", Answers + " Closed Undoing")]
    [InlineData("Undoing", Answers + " Verifying Closed Undoing")]
    [InlineData("Held", Answers + " Closed Undoing")]
    [InlineData("Escalated", Answers + " Closed Undoing")]
    [InlineData("Closed", "Closed Undoing")]
    public void Incident_may_stay_or_go_to_these_states_and_no_others(string from, string to) => Assert.Equal(
        to.Split(' ').Append(from).Distinct().Order(StringComparer.Ordinal),
        Enum.GetNames<IncidentState>().Where(n => Transitions.MayMove(Enum.Parse<IncidentState>(from), Enum.Parse<IncidentState>(n)))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void State_of_a_later_version_is_no_state_of_this_one()
    {
        const IncidentState Unheard = (IncidentState)99;

        Assert.Equal("No state 99.", Assert.Throws<UnreachableException>(() => Transitions.WorkOn(Unheard)).Message);
        Assert.Equal("No state 99.", Assert.Throws<UnreachableException>(() => Transitions.MayMove(Unheard, IncidentState.Open)).Message);
    }

    [Fact]
    public void Move_that_is_refused_is_a_defect_and_not_a_state() => Assert.Equal(
        "No move from Applying to Closed.",
        Assert.Throws<UnreachableException>(
            () => Transitions.Closed(In(IncidentState.Applying), Compliance.Compliant, Now, Now)).Message);

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_says_what_a_worker_does_that_finds_it(string state)
    {
        var expected = state switch
        {
            "Applying" => NextWork.MakeCallsLeft,
            "Verifying" => NextWork.ReadAgain,
            "Undoing" => NextWork.UndoAgain,
            "Closed" => NextWork.Nothing,
            _ => NextWork.StartAnew,
        };

        Assert.Equal(expected, Transitions.WorkOn(Enum.Parse<IncidentState>(state)));
        Assert.True(Transitions.MayMove(Enum.Parse<IncidentState>(state), Enum.Parse<IncidentState>(state)), "it may always stay");
    }

    [Fact]
    public void Begun_change_is_in_place_from_its_first_call_on_and_says_when_it_began()
    {
        var begun = Transitions.Begun(In(IncidentState.Open) with { ApprovedBy = "alice", FixedAt = Now }, reverts: 2, Now, Later);

        Assert.Equal(
            (IncidentState.Applying, 1, 2, null, null, Later),
            (begun.State, begun.Attempts, begun.Reverts, begun.ApprovedBy, begun.FixedAt, begun.Due));
        Assert.Equal((true, 0, Now), (begun.IsChanged, begun.Change!.Step, begun.Change.BeganAt));
        Assert.Equal(new Entry(Now, EntryKind.Applying, "applying 0 calls"), begun.Entries[^1]);
    }

    [Fact]
    public void Change_that_continues_gets_its_full_time_again()
    {
        var applying = Transitions.Applying(In(IncidentState.Applying), step: 1, "applying what is left", Later);

        Assert.Equal((1, Later), (applying.Change!.Step, applying.Change.BeganAt));
    }

    [Fact]
    public void Fixed_has_its_time_and_no_longer_the_earlier_reason()
    {
        var fixedOne = Transitions.Fixed(
            In(IncidentState.Verifying) with { Reason = Reason.Failed, Detail = "it failed" }, new([]), Now, Later);

        Assert.Equal(
            (IncidentState.Fixed, Now, null, null, Later),
            (fixedOne.State, fixedOne.FixedAt, fixedOne.Reason, fixedOne.Detail, fixedOne.Due));
    }

    [Fact]
    public void Already_right_keeps_since_when_it_was()
    {
        Assert.Equal(
            Some.Time,
            Transitions.AlreadyRight(In(IncidentState.Fixed) with { FixedAt = Some.Time }, new() { Playbook = "p" }, Now, Later).FixedAt);
        Assert.Equal(
            ("p", Now),
            Transitions.AlreadyRight(In(IncidentState.Open), new() { Playbook = "p" }, Now, Later) is var i
                ? (i.Playbook, i.FixedAt)
                : default);
    }

    [Theory]
    [InlineData("Applying", "Applying")]
    [InlineData("Verifying", "Verifying")]
    [InlineData("Undoing", "Undoing")]
    [InlineData("Open", "Pending")]
    [InlineData("Fixed", "Pending")]
    public void What_is_under_way_is_tried_again_from_where_it_is(string from, string to)
    {
        var next = Transitions.TriedAgainLater(In(Enum.Parse<IncidentState>(from)), "busy", Now, Later);

        Assert.Equal((to, 1, Later), (next.State.ToString(), next.Attempts, next.Due));
        Assert.Equal(new Entry(Now, EntryKind.Waiting, "later: busy"), next.Entries[^1]);
    }

    [Fact]
    public void Nothing_done_leaves_the_state_and_an_open_one_observed()
    {
        Assert.Equal(IncidentState.Observed, Transitions.LeftAlone(In(IncidentState.Open), "exempt", Now, Later).State);
        Assert.Equal(IncidentState.Held, Transitions.LeftAlone(In(IncidentState.Held), "exempt", Now, Later).State);
    }

    [Fact]
    public void Undo_that_is_stopped_leaves_the_incident_as_it_was_found()
    {
        var found = In(IncidentState.Escalated) with { Reason = Reason.Unconfirmed, Detail = "why", Due = Later };
        var asked = Transitions.UndoAsked(found, "alice", "undo by alice", Now, Now);

        var stopped = Transitions.UndoStopped(asked, found, Now);

        Assert.Equal((IncidentState.Undoing, null), (asked.State, asked.Reason));
        Assert.Equal((found.State, found.Reason, found.Detail, found.Due), (stopped.State, stopped.Reason, stopped.Detail, stopped.Due));
    }

    [Fact]
    public void Undone_is_held_and_no_longer_in_place()
    {
        var undone = Transitions.Undone(In(IncidentState.Undoing), "", Now, Later);

        Assert.Equal((IncidentState.Held, false, Later), (undone.State, undone.IsChanged, undone.Due));
    }

    [Theory]
    [InlineData("", "undone, read back and found as before; held")]
    [InlineData("Ids.", "undone, read back and found as before; not restored: Ids; held")]
    public void Undone_says_what_no_undo_brings_back(string notUndone, string entry) =>
        Assert.Equal(entry, Transitions.Undone(In(IncidentState.Undoing), notUndone, Now, Later).Entries[^1].What);

    [Fact]
    public void Retry_by_a_person_resets_all_counts()
    {
        var held = In(IncidentState.Held) with { Attempts = 4, Reverts = 3, ApprovedBy = "alice" };

        var next = Transitions.GoesOn(held, approvedBy: null, "retry by bob", Now, Later);

        Assert.Equal(
            (IncidentState.Pending, 0, 0, "alice", true), (next.State, next.Attempts, next.Reverts, next.ApprovedBy, next.IsUrged));
        Assert.Equal("bob", Transitions.GoesOn(held, "bob", "approve by bob", Now, Later).ApprovedBy);
    }

    [Fact]
    public void Plan_that_is_shown_again_gets_a_new_notice()
    {
        var told = In(IncidentState.AwaitingApproval) with { Telling = new() { Notice = NoticeState.Sent } };

        Assert.Equal(
            NoticeState.None, Transitions.AwaitsApproval(told, Reason.ApprovalNeeded, "other", again: true, Now, Later).Telling.Notice);
        Assert.Equal(
            NoticeState.Sent, Transitions.AwaitsApproval(told, Reason.ApprovalNeeded, "same", again: false, Now, Later).Telling.Notice);
    }

    [Fact]
    public void Notice_is_due_before_it_is_sent_and_what_reached_a_topic_is_kept_until_all_have_it()
    {
        var due = Notices.Due(In(IncidentState.Escalated) with { Reason = Reason.Failed }, Now, Later);
        var half = Notices.NotSent(due, new(false, [new(NoticeKind.Escalation, "a")]), "notice could not be sent", Now, Later);
        var sent = Notices.Sent(half, new(true, [new(NoticeKind.Escalation, "a"), new(NoticeKind.Resolved, "b")]), Now);

        Assert.Equal((NoticeState.Due, Now), (due.Telling.Notice, due.Telling.ToldAt));
        Assert.Equal((NoticeState.Due, "a"), (half.Telling.Notice, Assert.Single(half.Telling.Reached).Topic));
        Assert.Equal(
            (NoticeState.Sent, Reason.Failed, "b"),
            (sent.Telling.Notice, sent.Telling.ToldReason, Assert.Single(sent.Telling.Reached).Topic));
        Assert.True(Notices.IsTold(sent));
        Assert.False(Notices.IsTold(sent with { Reason = Reason.Conflict }));
    }

    private static Incident In(IncidentState state) =>
        Some.Incident() with { State = state, Change = Some.Planned() with { IsInPlace = true } };
}
