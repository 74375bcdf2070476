using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>One finding is one incident, for any order and number of its events.</summary>
public sealed class ClaimRulesTests
{
    [Theory]
    [InlineData("Open", 0, "GoesOn")]
    [InlineData("Applying", 0, "GoesOn")]
    [InlineData("Undoing", 0, "GoesOn")]
    [InlineData("Applying", -5, "GoesOn")]
    [InlineData("Fixed", 0, "Answered")]
    [InlineData("Fixed", -5, "Answered")]
    [InlineData("Fixed", 5, "GoesOn")]
    [InlineData("Held", 5, "GoesOn")]
    [InlineData("Escalated", 0, "Answered")]
    [InlineData("Observed", 0, "Answered")]
    [InlineData("Closed", 0, "Answered")]
    [InlineData("Closed", 5, "New")]
    public void Event_after_an_incident_of_this_state(string state, int minutesLater, string effect) => Assert.Equal(
        effect,
        ClaimRules.EventEffect(Some.Incident() with { State = Enum.Parse<IncidentState>(state) }, Opening(minutesLater)).ToString());

    [Fact]
    public void Open_incident_that_only_a_later_version_understands_is_left_to_it_and_a_closed_one_is_over()
    {
        var (open, terms) = (LaterValues.Read<IncidentState>("Later"), new Terms { Mode = LaterValues.Read<Mode>("Later") });

        Assert.Equal(EventEffect.NotUnderstood, ClaimRules.EventEffect(Some.Incident() with { State = open }, Opening(5)));
        Assert.Equal(EventEffect.NotUnderstood, ClaimRules.EventEffect(Some.Incident() with { Terms = terms }, Opening(5)));
        Assert.Equal(
            EventEffect.New,
            ClaimRules.EventEffect(Some.Incident() with { State = IncidentState.Closed, Terms = terms }, Opening(5)));
    }

    [Fact]
    public void First_event_opens_an_incident() => Assert.Equal(EventEffect.New, ClaimRules.EventEffect(null, Opening(0)));

    [Theory]
    [InlineData("Observe", "Answered")]
    [InlineData("Approve", "GoesOn")]
    [InlineData("Auto", "GoesOn")]
    public void Observed_one_goes_on_with_the_same_event_once_the_policy_says_to_act(string mode, string effect) => Assert.Equal(
        effect,
        ClaimRules.EventEffect(
            Some.Incident() with { State = IncidentState.Observed },
            Opening(0) with { Terms = new() { Mode = Enum.Parse<Mode>(mode) } }).ToString());

    [Theory]
    [InlineData(30, 60, 3)]
    [InlineData(60, 60, 0)]
    [InlineData(90, 60, 0)]
    [InlineData(90, null, 3)]
    [InlineData(60 * 25, null, 0)]
    public void Fix_that_did_not_last_as_long_as_the_policy_says_counts_as_reverted(int minutesLater, int? window, int reverts)
    {
        var closed = Some.Incident() with { State = IncidentState.Closed, Reverts = 2, Change = Some.Planned() with { IsInPlace = true } };
        var opening = Opening(minutesLater) with
        {
            Terms = new() { RevertWindow = window is { } minutes ? TimeSpan.FromMinutes(minutes) : null },
        };

        Assert.Equal(reverts, ClaimRules.Again(opening, closed).Reverts);
        Assert.Equal(0, ClaimRules.Again(opening, closed with { Change = null }).Reverts);
    }

    [Fact]
    public void Newer_event_is_taken_in_and_an_older_one_is_not()
    {
        var last = Some.Incident();

        Assert.Equal(Opening(5).Origin.RecordedAt, ClaimRules.TakenIn(last, Opening(5)).Origin.RecordedAt);
        Assert.Same(last, ClaimRules.TakenIn(last, Opening(-5)));
    }

    [Fact]
    public void When_it_was_right_last_stays_known_until_an_event_says_more()
    {
        var (held, ordered) = (Some.Time.AddDays(-9), Some.Time.AddDays(-8));
        var last = Opening(0) with { Origin = Opening(0).Origin with { CompliantBefore = held, OrderedAt = ordered } };
        var later = Opening(5).Origin with { OrderedAt = Some.Time };

        var silent = ClaimRules.TakenIn(last, Opening(5) with { Origin = later }).Origin;
        var telling = ClaimRules.TakenIn(last, Opening(5) with { Origin = later with { CompliantBefore = Some.Time } }).Origin;

        Assert.Equal((held, ordered), (silent.CompliantBefore, silent.OrderedAt));
        Assert.Equal(Some.Time, ClaimRules.TakenIn(Opening(0), Opening(5) with { Origin = later }).Origin.OrderedAt);
        Assert.Equal((Some.Time, Some.Time), (telling.CompliantBefore, telling.OrderedAt));
        Assert.Equal(held, ClaimRules.Again(Opening(5), last).Origin.CompliantBefore);
        var known = Opening(5) with { Origin = later with { CompliantBefore = Some.Time } };
        Assert.Equal(Some.Time, ClaimRules.Again(known, last).Origin.CompliantBefore);
    }

    [Fact]
    public void Incident_that_a_revert_opens_says_so()
    {
        var closed = Opening(0) with { State = IncidentState.Closed, Reverts = 2, Change = Some.Planned() with { IsInPlace = true } };

        var again = ClaimRules.Again(Opening(1), closed);

        Assert.Equal((3, true), (again.Reverts, again.Course?.IsRevert));
        Assert.Null(ClaimRules.Again(Opening(1), closed with { Change = null }).Course);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Held_incident_is_over_only_where_Config_looked_after_the_hold(int seconds, bool isKept)
    {
        var held = Opening(0) with { State = IncidentState.Held, ChangedAt = Some.Time };
        var change = Some.Change(held.Rule, held.Resource, Some.Time.AddSeconds(seconds), Compliance.Compliant);

        Assert.Equal(isKept ? $"incident {held.Id} is held since; Config looked before that" : null, ClaimRules.KeepsOpen(held, change));
        Assert.Null(ClaimRules.KeepsOpen(held, change with { Compliance = Compliance.NotApplicable }));
    }

    [Fact]
    public void Compliant_event_closes_neither_what_is_being_worked_on_nor_what_was_held_after_config_looked()
    {
        var change = Some.Change(Some.Rule(), Some.Bucket(), compliance: Compliance.Compliant);
        var held = Some.Incident() with { State = IncidentState.Held, ChangedAt = Some.Time.AddMinutes(1) };

        Assert.NotNull(ClaimRules.KeepsOpen(Some.Incident() with { State = IncidentState.Applying }, change));
        Assert.NotNull(ClaimRules.KeepsOpen(held, change));
        Assert.Null(ClaimRules.KeepsOpen(held, change with { RecordedAt = Some.Time.AddMinutes(2) }));
        Assert.Null(ClaimRules.KeepsOpen(held, change with { Compliance = Compliance.NotApplicable }));
        Assert.Null(ClaimRules.KeepsOpen(Some.Incident() with { State = IncidentState.Fixed }, change));
    }

    private static Incident Opening(int minutesLater) =>
        Some.Incident(recordedAt: Some.Time.AddMinutes(minutesLater), now: Some.Time.AddMinutes(minutesLater));
}
