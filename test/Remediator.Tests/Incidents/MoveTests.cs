using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What each move writes: of the change, of the history, and when it is looked at again.</summary>
public sealed class MoveTests
{
    private static readonly DateTimeOffset Now = Some.Time.AddHours(1);
    private static readonly DateTimeOffset Later = Now.AddMinutes(5);
    private static readonly StartedRunbook Runbook = new("AWS-Resize", "{}", "t", Some.Time);
    private static readonly AlarmWatch Watch = new(["errors"], TimeSpan.FromHours(2));

    [Fact]
    public void Plan_made_anew_keeps_what_was_done_before_and_asks_from_its_beginning()
    {
        var earlier = Change() with { IsInPlace = true, BeganAt = Some.Time, AsksAt = 1, AgreedFrom = 1, Evidence = new(Some.Time, []) };
        var planned = Some.Planned(Plan(1)) with
        {
            Playbook = "s3/other",
            PlaybookHash = "hash",
            Inputs = Some.Json("""{"a":1}"""),
            Recorded = new(Some.Time, new("1", Some.Time), new("2", Some.Time)),
            Owner = new(ResourceOwner.Stack, "web"),
            Watch = Watch,
        };

        var next = Transitions.Planned(In(IncidentState.Open) with { Change = earlier }, new() { Owner = "platform" }, planned);

        Assert.Equal(planned with { IsInPlace = true, BeganAt = Some.Time, Evidence = earlier.Evidence, Step = earlier.Step }, next.Change);
        Assert.Equal("platform", next.Terms.Owner);
        Assert.Same(planned, Transitions.Planned(In(IncidentState.Open) with { Change = null }, new(), planned).Change);
    }

    [Theory]
    [InlineData(null, "observed")]
    [InlineData("Failed", "observed: failed")]
    public void Observed_plan_says_what_would_keep_it_from_being_made(string? reason, string entry)
    {
        var why = reason is null ? (Reason?)null : Enum.Parse<Reason>(reason);

        var next = Transitions.Observed(In(IncidentState.Open) with { ApprovedBy = "kim" }, why, "because", Now, Later);

        Assert.Equal(
            (IncidentState.Observed, null, why, "because", Later), (next.State, next.ApprovedBy, next.Reason, next.Detail, next.Due));
        Assert.Equal(new Entry(Now, EntryKind.Planned, entry), next.Entries[^1]);
    }

    [Theory]
    [InlineData("Announced", "announced")]
    [InlineData("ApprovalNeeded", "asks for approval")]
    public void Question_and_announcement_are_told_apart_in_the_history(string reason, string entry)
    {
        var next = Transitions.AwaitsApproval(
            In(IncidentState.Open) with { ApprovedBy = "kim" }, Enum.Parse<Reason>(reason), "because", again: false, Now, Later);

        Assert.Equal(new Entry(Now, EntryKind.Planned, entry), next.Entries[^1]);
        Assert.Equal(
            (IncidentState.AwaitingApproval, null, Enum.Parse<Reason>(reason), "because", Later),
            (next.State, next.ApprovedBy, next.Reason, next.Detail, next.Due));
    }

    [Theory]
    [InlineData(1, "applying 1 call, by a session")]
    [InlineData(2, "applying 2 calls, by a session")]
    public void Change_that_begins_says_how_many_calls_who_agreed_and_is_watched_from_then_on(int calls, string entry)
    {
        var planned = In(IncidentState.AwaitingApproval) with
        {
            ApprovedBy = "kim",
            Change = Change(calls) with { Step = 1, UndoCalls = [new("a:B", Some.Json("{}"))], Watch = Watch with { Until = Now } },
        };

        var begun = Transitions.Begun(planned, reverts: 0, Now, Later, ", by a session");

        Assert.Equal(new Entry(Now, EntryKind.Applying, entry), begun.Entries[^1]);
        Assert.Equal(
            ("kim", 0, Watch with { From = Now }), (begun.Change!.AgreedBy, begun.Change.Step, begun.Change.Watch));
        Assert.NotEmpty(begun.Change.Deployment!);
        Assert.Empty(begun.Change.UndoCalls);
        var asked = planned with { ApprovedBy = null, Origin = planned.Origin with { Asked = new(Some.Time) { By = "lee" } } };
        Assert.Equal("lee", Transitions.Begun(asked, 0, Now, Later).Change!.AgreedBy);
        Assert.Equal("kim", Transitions.Begun(asked with { ApprovedBy = "kim" }, 0, Now, Later).Change!.AgreedBy);
        Assert.Null(Transitions.Begun(asked with { Change = planned.Change with { Watch = null } }, 0, Now, Later).Change!.Watch);
        Assert.Equal("applying 0 calls", Transitions.Begun(asked with { Change = null }, 0, Now, Later).Entries[^1].What);
    }

    [Fact]
    public void Fixed_one_has_what_was_read_back_and_its_alarms_are_watched_for_their_time()
    {
        var verifying = In(IncidentState.Verifying) with
        {
            Origin = In(IncidentState.Verifying).Origin with { Asked = new(Some.Time) },
            Change = Change() with { IsInPlace = true, Runbook = Runbook, Watch = Watch with { From = Some.Time } },
        };

        var next = Transitions.Fixed(verifying, Plan(2), Now, Later);

        Assert.Equal(new Entry(Now, EntryKind.Right, "read back and found right"), next.Entries[^1]);
        Assert.Equal(
            (2, null, Now.AddHours(2), null),
            (next.Plan!.Calls.Count(), next.Change!.Runbook, next.Change.Watch!.Until, next.Origin.Asked));
        Assert.NotNull(next.Watched);
        Assert.Null(Transitions.Fixed(verifying with { Change = Change() }, Plan(2), Now, Later).Change!.Watch);
    }

    [Fact]
    public void Contained_one_keeps_its_plan_where_nothing_was_read_back_and_is_watched_no_more()
    {
        var verifying = In(IncidentState.Verifying) with
        {
            Origin = In(IncidentState.Verifying).Origin with { Asked = new(Some.Time) },
            Change = Change() with { Runbook = Runbook, Watch = Watch },
        };

        var next = Transitions.Contained(verifying, null, "the rest", Now, Later);

        Assert.Equal(
            (IncidentState.Escalated, Reason.Contained, "the rest", null, null, null),
            (next.State, next.Reason, next.Detail, next.Change!.Runbook, next.Change.Watch, next.Origin.Asked));
        Assert.Same(verifying.Plan, next.Plan);
        Assert.Equal(2, Transitions.Contained(verifying, Plan(2), "the rest", Now, Later).Plan!.Calls.Count());
    }

    [Fact]
    public void Already_right_takes_the_playbook_and_its_time_from_the_policy_and_nothing_else()
    {
        var open = In(IncidentState.Open) with
        {
            ApprovedBy = "kim",
            Terms = new() { Owner = "platform" },
            Change = Change() with { Runbook = Runbook },
        };

        var next = Transitions.AlreadyRight(
            open, new() { Owner = "shop", Playbook = "p", ConfirmWithin = TimeSpan.FromHours(1) }, Now, Later);

        Assert.Equal(new Terms { Owner = "platform", Playbook = "p", ConfirmWithin = TimeSpan.FromHours(1) }, next.Terms);
        Assert.Equal((null, null, Later), (next.ApprovedBy, next.Change!.Runbook, next.Due));
        Assert.Equal(new Entry(Now, EntryKind.Right, "already right"), next.Entries[^1]);
    }

    [Fact]
    public void What_is_waited_for_is_said_in_the_history()
    {
        var applying = In(IncidentState.Applying);

        Assert.Equal("the setting is under way", Transitions.UnderWay(applying, Now, Later).Entries[^1].What);
        Assert.Equal(
            "runbook AWS-Resize is under way",
            Transitions.UnderWay(applying with { Change = Change() with { Runbook = Runbook } }, Now, Later).Entries[^1].What);
        Assert.Equal(
            "halted: all changes are stopped: a fire", Transitions.Halted(applying, "a fire", Now, Later).Entries[^1].What);
        Assert.Equal(
            (IncidentState.Verifying, "not right yet", EntryKind.Waiting, Later),
            Transitions.NotRightYet(applying, Now, Later) is var i ? (i.State, i.Entries[^1].What, i.Entries[^1].Kind, i.Due) : default);
        Assert.Equal(
            (IncidentState.Pending, "later: busy"),
            Transitions.Pending(applying, "busy", Now, Later) is var p ? (p.State, p.Entries[^1].What) : default);
    }

    [Fact]
    public void What_is_left_until_an_end_keeps_its_playbook_and_nobody_is_waited_for()
    {
        var asked = In(IncidentState.AwaitingApproval) with
        {
            ApprovedBy = "kim",
            Reason = Reason.ApprovalNeeded,
            Terms = new() { Playbook = "p", RevertWindow = TimeSpan.FromHours(3) },
        };

        var next = Transitions.LeftUntil(asked, new() { Owner = "shop", Order = new("an-order", "says") }, "exempt", Now, Later);

        Assert.Equal(
            new Terms { Owner = "shop", Order = new("an-order", "says"), Playbook = "p", RevertWindow = TimeSpan.FromHours(3) },
            next.Terms);
        Assert.Equal(
            (IncidentState.Held, null, null, "exempt", Later), (next.State, next.ApprovedBy, next.Reason, next.Detail, next.Due));
        Assert.Equal(new Entry(Now, EntryKind.Noted, "exempt"), next.Entries[^1]);
    }

    [Fact]
    public void Persons_word_is_in_the_history()
    {
        var escalated = In(IncidentState.Escalated) with { ApprovedBy = "kim", Terms = new() { Order = new("an-order", "says") } };

        var held = Transitions.Held(escalated, "hold, claimed by kim", Now, Later);
        Assert.Equal(
            (IncidentState.Held, null, "hold, claimed by kim", null), (held.State, held.ApprovedBy, held.Detail, held.Terms.Order));
        Assert.Equal(new Entry(Now, EntryKind.Person, "hold, claimed by kim"), held.Entries[^1]);
        Assert.Equal(new Entry(Now, EntryKind.Person, "exempt"), Transitions.Ordered(escalated, "exempt", Now).Entries[^1]);
        Assert.Equal("lee", Transitions.Acknowledged(escalated, "lee", "ack", Now).Telling.AcknowledgedBy);
        Assert.Equal(new Entry(Now, EntryKind.Person, "ack"), Transitions.Acknowledged(escalated, "lee", "ack", Now).Entries[^1]);
        Assert.Equal(IncidentState.Escalated, Transitions.GoesOn(escalated, null, "retry", Now, Later).State);
        Assert.Null(Transitions.GoesOn(escalated, null, "retry", Now, Later).Terms.Order);
    }

    [Theory]
    [InlineData("Compliant", true)]
    [InlineData("NotApplicable", false)]
    public void Closed_one_knows_when_it_was_right(string compliance, bool isRight)
    {
        var closed = Transitions.Closed(In(IncidentState.Fixed) with { Due = Later }, Enum.Parse<Compliance>(compliance), Later, Now);

        Assert.Equal((IncidentState.Closed, null, Later), (closed.State, closed.Due, closed.Origin.RecordedAt));
        Assert.Equal(isRight ? Later : null, closed.Origin.CompliantBefore);
        Assert.Equal(new Entry(Now, EntryKind.Closed, $"closed: {compliance}"), closed.Entries[^1]);
    }

    [Fact]
    public void What_Config_finds_wrong_again_has_the_time_of_that()
    {
        var next = Transitions.WrongAgain(In(IncidentState.Fixed), Later, Now);

        Assert.Equal(
            (Later, "Config says non-compliant again", EntryKind.Noted),
            (next.Origin.RecordedAt, next.Entries[^1].What, next.Entries[^1].Kind));
    }

    [Theory]
    [InlineData("Fixed", false, false, false)]
    [InlineData("AlreadyRight", false, false, false)]
    [InlineData("Held", false, false, true)]
    [InlineData("Observed", true, false, true)]
    [InlineData("AwaitingApproval", true, true, false)]
    [InlineData("Pending", true, true, false)]
    [InlineData("Escalated", true, true, false)]
    [InlineData("Contained", false, true, false)]
    [InlineData("Closed", false, false, false)]
    public void Move_ends_what_was_asked_announced_or_ordered_before(string to, bool isTakenBack, bool isAnnounced, bool isOrdered)
    {
        var incident = In(IncidentState.Undoing) with
        {
            Change = Change() with { IsTakenBack = true },
            Telling = new() { Announced = new("plan", Now) },
            Terms = new() { Order = new("an-order", "says") },
        };

        var next = to switch
        {
            "Fixed" => Transitions.Fixed(incident, Plan(1), Now, Later),
            "AlreadyRight" => Transitions.AlreadyRight(incident, incident.Terms, Now, Later),
            "Held" => Transitions.LeftUntil(incident, incident.Terms, "", Now, Later),
            "Observed" => Transitions.Observed(incident, null, null, Now, Later),
            "AwaitingApproval" => Transitions.AwaitsApproval(incident, Reason.ApprovalNeeded, "", false, Now, Later),
            "Pending" => Transitions.Pending(incident, "", Now, Later),
            "Contained" => Transitions.Contained(incident, null, "", Now, Later),
            "Escalated" => Transitions.Escalated(incident, Reason.Failed, "", Now, Later),
            _ => Transitions.Closed(incident, Compliance.Compliant, Now, Now),
        };

        Assert.Equal(
            (isTakenBack, isAnnounced, isOrdered),
            (next.Change!.IsTakenBack, next.Telling.Announced is not null, next.Terms.Order is not null));
    }

    [Theory]
    [InlineData(1, "goes on with 1 call, by a session")]
    [InlineData(2, "goes on with 2 calls, by a session")]
    public void Rest_that_begins_says_how_many_calls_and_who_agreed(int calls, string entry)
    {
        var made = Transitions.PartMade(In(IncidentState.Applying) with { Change = Change() with { AgreedBy = "kim" } }, 1, Later);
        Assert.Equal((1, 1), (made.Change!.Step, made.Change.AsksAt));
        Assert.Equal(new Entry(Later, EntryKind.Waiting, "a part is made: the rest is asked about"), made.Entries[^1]);
        var asked = Transitions.AsksAgain(made, 1, Plan(calls), Reason.ApprovalNeeded, "look", isNews: true, Now, Later);
        Assert.Equal((2, 1 + calls, 1, 1), (asked.Plan!.Steps.Length, asked.Plan.Calls.Count(), asked.Change!.Step, asked.Change.AsksAt));

        var begun = Transitions.RestBegun(asked with { ApprovedBy = "lee" }, Now, Later, ", by a session");

        Assert.Equal(new Entry(Now, EntryKind.Applying, entry), begun.Entries[^1]);
        Assert.Equal(
            (IncidentState.Applying, Now, "lee", 1, null, 1, null, Later),
            (
                begun.State, begun.Change!.BeganAt, begun.Change.AgreedBy, begun.Change.AgreedFrom, begun.Change.AsksAt, begun.Attempts,
                begun.ApprovedBy, begun.Due));
        Assert.Equal("kim", Transitions.RestBegun(asked, Now, Later).Change!.AgreedBy);
        Assert.Equal("goes on with 0 calls", Transitions.RestBegun(asked with { Change = null }, Now, Later).Entries[^1].What);
    }

    [Fact]
    public void Undo_of_the_service_is_nobodys_and_that_of_a_person_is_theirs()
    {
        var applied = In(IncidentState.Fixed) with { Change = Change() with { AgreedBy = "kim", IsTakenBack = true } };

        var own = Transitions.PutsBack(applied, Reason.NotVerified, "because", Now, Later);
        var asked = Transitions.UndoAsked(applied with { Change = Change() }, "lee", "undo", Now, Later);

        Assert.Equal((null, false, Reason.NotVerified, "because"), (own.Change!.AgreedBy, own.Change.IsTakenBack, own.Reason, own.Detail));
        Assert.Equal(new Entry(Now, EntryKind.Undo, "puts back: not-verified"), own.Entries[^1]);
        Assert.Equal(
            ("lee", true, null, "undo", Later),
            (asked.Change!.AgreedBy, asked.Change.IsTakenBack, asked.Reason, asked.Detail, asked.Due));
    }

    [Theory]
    [InlineData(0, "undoing by 0 calls, by a session")]
    [InlineData(1, "undoing by 1 call, by a session")]
    [InlineData(2, "undoing by 2 calls, by a session")]
    public void Undo_says_how_many_calls_it_has(int calls, string entry)
    {
        var planned = Transitions.UndoPlanned(In(IncidentState.Undoing), [.. Plan(calls).Calls]);

        Assert.Equal(new Entry(Now, EntryKind.Undo, entry), Transitions.Undoing(planned, ", by a session", Now).Entries[^1]);
        Assert.Empty(Transitions.Undoing(In(IncidentState.Undoing) with { Change = null }, "", Now).Entries);
    }

    [Fact]
    public void Alarm_holds_what_it_took_back_and_silence_ends_the_watch()
    {
        var held = Transitions.HeldAfterAlarm(In(IncidentState.Undoing) with { ApprovedBy = "kim" }, "errors rang", Now, Later);
        var silent = Transitions.WatchEnded(In(IncidentState.Fixed) with { Change = Change() with { Watch = Watch } }, Now);

        Assert.Equal(
            (IncidentState.Held, Reason.AlarmRang, "errors rang", null, Later),
            (held.State, held.Reason, held.Detail, held.ApprovedBy, held.Due));
        Assert.Equal(new Entry(Now, EntryKind.Escalated, "escalated: alarm-rang"), held.Entries[^1]);
        Assert.Null(silent.Change!.Watch);
        Assert.Equal(new Entry(Now, EntryKind.Waiting, "no alarm rang"), silent.Entries[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Undo_that_is_stopped_counts_as_asked_for_where_it_was_before(bool wasAsked)
    {
        var found = In(IncidentState.Escalated) with { Change = Change() with { IsTakenBack = wasAsked } };

        var stopped = Transitions.UndoStopped(Transitions.UndoAsked(found, "kim", "undo", Now, Now), found, Now);

        Assert.Equal(wasAsked, stopped.Change!.IsTakenBack);
        Assert.Equal(new Entry(Now, EntryKind.Undo, "undo stopped: conflict"), stopped.Entries[^1]);
    }

    private static Plan Plan(int calls) => new([new()
    {
        Step = "setting",
        Before = Some.Json("0"),
        After = Some.Json("1"),
        Calls = [.. Enumerable.Range(0, calls).Select(n => new PlannedCall("a:B", Some.Json($"{n}")))],
    }]);

    private static PlannedChange Change(int calls = 1) => Some.Planned(Plan(calls));

    private static Incident In(IncidentState state) => Some.Incident() with { State = state, Change = Change() };
}
