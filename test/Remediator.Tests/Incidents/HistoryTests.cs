using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What each move writes into the history, and what it keeps and forgets.</summary>
public sealed class HistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddHours(1);
    private static readonly PlannedCall Call = new("s3:Put", Some.Json("{}"));
    private static readonly OrderRef Order = new("an-order", "held until then");

    [Theory]
    [InlineData(0, "0 calls")]
    [InlineData(1, "1 call")]
    [InlineData(2, "2 calls")]
    public void Calls_are_counted_in_words(int calls, string words)
    {
        var change = Some.Planned(new([Step(calls)])) with { UndoCalls = [.. Enumerable.Repeat(Call, calls)] };
        var open = Some.Incident(now: Now) with { Change = change };

        Assert.Equal($"applying {words} as a role", Last(Transitions.Begun(open, 0, Now, Later, " as a role")));
        Assert.Equal(
            $"goes on with {words} as a role",
            Last(Transitions.RestBegun(open with { State = IncidentState.AwaitingApproval }, Now, Later, " as a role")));
        Assert.Equal($"undoing by {words} as a role", Last(Transitions.Undoing(open, " as a role", Now)));
        Assert.Same(Some.Incident().Change, Transitions.Undoing(Some.Incident(), "", Now).Change);
    }

    [Fact]
    public void Every_move_says_what_happened()
    {
        var (open, plan) = (In(IncidentState.Open), new Plan([]));
        (string What, EntryKind Kind, Incident Incident)[] moves =
        [
            ("observed", EntryKind.Planned, Transitions.Observed(open, null, null, Now, Later)),
            ("observed: failed", EntryKind.Planned, Transitions.Observed(open, Reason.Failed, null, Now, Later)),
            ("announced", EntryKind.Planned, Transitions.AwaitsApproval(open, Reason.Announced, "", false, Now, Later)),
            ("asks for approval", EntryKind.Planned, Transitions.AwaitsApproval(open, Reason.NotQuiet, "", false, Now, Later)),
            ("applying what is left", EntryKind.Applying, Transitions.Applying(open, 1, "applying what is left", Now)),
            ("not right yet", EntryKind.Waiting, Transitions.NotRightYet(In(IncidentState.Applying), Now, Later)),
            ("read back and found right", EntryKind.Right, Transitions.Fixed(open, plan, Now, Later)),
            ("already right", EntryKind.Right, Transitions.AlreadyRight(open, new(), Now, Later)),
            ("later: busy", EntryKind.Waiting, Transitions.Pending(open, "busy", Now, Later)),
            ("later: busy", EntryKind.Waiting, Transitions.TriedAgainLater(In(IncidentState.Applying), "busy", Now, Later)),
            ("later: busy", EntryKind.Waiting, Transitions.TriedAgainLater(open, "busy", Now, Later)),
            ("halted: all changes are stopped: a bad day", EntryKind.Waiting, Transitions.Halted(open, "a bad day", Now, Later)),
            ("left alone", EntryKind.Noted, Transitions.LeftAlone(open, "left alone", Now, Later)),
            ("exempt", EntryKind.Noted, Transitions.LeftUntil(open, new(), "exempt", Now, Later)),
            ("escalated: conflict", EntryKind.Escalated, Transitions.Escalated(open, Reason.Conflict, "", Now, Later)),
            ("hold", EntryKind.Person, Transitions.Held(open, "hold", Now, Later)),
            ("order", EntryKind.Person, Transitions.Ordered(open, "order", Now)),
            ("acknowledge", EntryKind.Person, Transitions.Acknowledged(open, "kim", "acknowledge", Now)),
            ("Config says non-compliant again", EntryKind.Noted, Transitions.WrongAgain(open, Now, Now)),
            ("closed: Compliant", EntryKind.Closed, Transitions.Closed(In(IncidentState.Fixed), Compliance.Compliant, Now, Now)),
            ("a part is made: the rest is asked about", EntryKind.Waiting, Transitions.PartMade(open, 1, Now)),
            ("puts back: not-verified", EntryKind.Undo, Transitions.PutsBack(In(IncidentState.Fixed), Reason.NotVerified, "", Now, Later)),
            ("undo", EntryKind.Person, Transitions.UndoAsked(In(IncidentState.Fixed), "kim", "undo", Now, Later)),
            ("escalated: alarm-rang", EntryKind.Escalated, Transitions.HeldAfterAlarm(In(IncidentState.Undoing), "", Now, Later)),
            ("no alarm rang", EntryKind.Waiting, Transitions.WatchEnded(open, Now)),
            ("undo stopped: conflict", EntryKind.Undo, Transitions.UndoStopped(In(IncidentState.Undoing), open with
            {
                State = IncidentState.Fixed,
            }, Now)),
        ];

        Assert.All(moves, m => Assert.Equal(new(Now, m.Kind, m.What), m.Incident.Entries[^1]));
    }

    [Fact]
    public void Undo_says_what_it_does_not_bring_back()
    {
        var undoing = In(IncidentState.Undoing);

        Assert.Equal("undone, read back and found as before; held", Last(Transitions.Undone(undoing, "", Now, Later)));
        Assert.Equal(
            "undone, read back and found as before; not restored: the old keys; held",
            Last(Transitions.Undone(undoing, "the old keys.", Now, Later)));
    }

    [Fact]
    public void What_is_under_way_is_named_by_its_step_or_its_runbook()
    {
        var change = Some.Planned(new([Step(1), Step(1) with { Step = "second" }]));

        Assert.Equal("the first is under way", Last(Transitions.UnderWay(Some.Incident() with { Change = change }, Now, Later)));
        Assert.Equal(
            "the second is under way", Last(Transitions.UnderWay(Some.Incident() with { Change = change with { Step = 1 } }, Now, Later)));
    }

    [Fact]
    public void Only_a_compliant_end_moves_the_time_from_which_a_value_was_right()
    {
        var incident = In(IncidentState.Fixed);
        incident = incident with { Origin = incident.Origin with { CompliantBefore = Now.AddDays(-9) } };

        Assert.Equal(Later, Transitions.Closed(incident, Compliance.Compliant, Later, Now).Origin.CompliantBefore);
        Assert.Equal(Now.AddDays(-9), Transitions.Closed(incident, Compliance.NotApplicable, Later, Now).Origin.CompliantBefore);
        Assert.Equal(Later, Transitions.Closed(incident, Compliance.NotApplicable, Later, Now).Origin.RecordedAt);
    }

    [Fact]
    public void Order_of_a_person_counts_in_the_state_that_it_led_to_and_in_no_other()
    {
        var terms = new Terms { Order = Order };
        var held = Transitions.LeftUntil(In(IncidentState.Open), terms, "held", Now, Later);

        Assert.Equal(Order, held.Terms.Order);
        Assert.Equal(Order, Transitions.Observed(held, null, null, Now, Later).Terms.Order);
        Assert.Null(Transitions.Pending(held, "", Now, Later).Terms.Order);
        Assert.Null(Transitions.Escalated(held, Reason.Failed, "", Now, Later).Terms.Order);
        Assert.Null(Transitions.Held(held, "hold", Now, Later).Terms.Order);
        Assert.Null(Transitions.Undone(In(IncidentState.Undoing) with { Terms = terms }, "", Now, Later).Terms.Order);
    }

    [Fact]
    public void Announcement_ends_where_what_follows_is_news()
    {
        var incident = In(IncidentState.Open) with { Telling = new() { Announced = new("plan", Now) } };

        Assert.NotNull(Transitions.AwaitsApproval(incident, Reason.Announced, "", false, Now, Later).Telling.Announced);
        Assert.NotNull(Transitions.Pending(incident, "", Now, Later).Telling.Announced);
        Assert.NotNull(Transitions.Escalated(incident, Reason.Frozen, "", Now, Later).Telling.Announced);
        Assert.Null(Transitions.Observed(incident, null, null, Now, Later).Telling.Announced);
        Assert.Null(Transitions.Begun(incident, 0, Now, Later).Telling.Announced);
        Assert.Null(Transitions.Held(incident, "hold", Now, Later).Telling.Announced);
    }

    [Fact]
    public void Part_that_is_made_stays_and_the_rest_is_asked_about_from_its_step()
    {
        var change = Some.Planned(new([Step(1), Step(1) with { Step = "second" }]));
        var incident = In(IncidentState.Applying) with { Change = change };

        var made = Transitions.PartMade(incident, 1, Now).Change!;
        var asks = Transitions.AsksAgain(
            incident, 1, new([Step(2) with { Step = "other" }]), Reason.ApprovalNeeded, "why", true, Now, Later);
        var begun = Transitions.RestBegun(asks with { ApprovedBy = "kim" }, Later, Later).Change!;

        Assert.Equal((1, 1), (made.Step, made.AsksAt));
        Assert.Equal((1, 1), (asks.Change!.Step, asks.Change.AsksAt));
        Assert.Equal(["first", "other"], asks.Plan!.Steps.Select(s => s.Step));
        Assert.Equal((Later, "kim", 1, null), (begun.BeganAt, begun.AgreedBy, begun.AgreedFrom, begun.AsksAt));
        var unasked = Transitions.RestBegun(asks with { Change = asks.Change with { AgreedBy = "lee" } }, Later, Later);
        Assert.Equal(("lee", asks.Attempts + 1), (unasked.Change!.AgreedBy, unasked.Attempts));
    }

    [Fact]
    public void Alarms_are_watched_from_the_change_until_their_time_after_the_fix()
    {
        var watch = new AlarmWatch(["a"], TimeSpan.FromMinutes(10));
        var open = In(IncidentState.Open);
        var begun = Transitions.Begun(open with { Change = Some.Planned() with { Watch = watch with { Until = Now } } }, 0, Now, Later);
        var right = Transitions.Fixed(begun, new([]), Later, Later);

        Assert.Equal((Now, null), (begun.Change!.Watch!.From, begun.Change.Watch.Until));
        Assert.Equal(Later.AddMinutes(10), right.Change!.Watch!.Until);
        Assert.Null(Transitions.WatchEnded(right, Later).Change!.Watch);
    }

    [Fact]
    public void Every_reason_means_something_to_people() => Assert.All(Enum.GetValues<Reason>(), reason =>
    {
        var meaning = ReasonMeaning.Of(reason);

        Assert.NotEmpty(meaning.Headline);
        Assert.InRange(meaning.InShort.Length, 5, 30);
        Assert.EndsWith(".", meaning.Todo, StringComparison.Ordinal);
        Assert.Equal(meaning.GoesOn is null, meaning.GoesOn?.EndsWith('.') is null or false);
        Assert.DoesNotContain("later version", meaning.Todo, StringComparison.Ordinal);
    });

    [Fact]
    public void Reason_of_a_later_version_is_named()
    {
        var meaning = ReasonMeaning.Of(LaterValues.Read<Reason>("Bored"));

        Assert.Equal(("Stopped: Bored", "Bored"), (meaning.Headline, meaning.InShort));
        Assert.Contains("later version", meaning.Todo, StringComparison.Ordinal);
    }

    private static string Last(Incident incident) => incident.Entries[^1].What;

    private static Incident In(IncidentState state) => Some.Incident(now: Now) with { State = state, Change = Some.Planned() };

    private static StepPlan Step(int calls) => new()
    {
        Step = "first",
        Before = Some.Json("{}"),
        After = Some.Json("{}"),
        Calls = [.. Enumerable.Repeat(Call, calls)],
    };
}
