using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What reports count of an incident, compared with the moves that write its history.</summary>
public sealed class CourseTests
{
    private static readonly DateTimeOffset Now = Some.Time.AddMinutes(1);

    private static Incident Planned => Some.Incident(now: Some.Time) with { Change = Some.Planned() };

    [Fact]
    public void Fix_that_Config_confirms_needs_nobody()
    {
        var course = Transitions.Closed(Fixed(Planned), Compliance.Compliant, Now, Now).Course!;

        Assert.Equal((1, true, true, true, Now), (course.Fixes, course.IsStanding, course.IsConfirmed, course.IsAlone, course.RightAt));
        Assert.Equal((0, 0, false), (course.Reverts, course.Undone, course.IsAlreadyRight));
    }

    [Fact]
    public void What_reads_right_without_a_change_is_no_fix()
    {
        var course = Transitions.AlreadyRight(Planned, new(), Now, Now).Course!;

        Assert.Equal((0, true, Now), (course.Fixes, course.IsAlreadyRight, course.RightAt));
        Assert.False(Transitions.AlreadyRight(Fixed(Planned), new(), Now, Now).Course!.IsAlreadyRight);
    }

    [Fact]
    public void Approved_change_had_a_person()
    {
        var asked = Transitions.AwaitsApproval(Planned, Reason.ApprovalNeeded, "why", false, Now, Now);
        var course = Fixed(Transitions.GoesOn(asked, "kim", "approve, claimed by kim: looks good", Now, Now)).Course!;

        Assert.Equal((true, true, true, false), (course.IsAsked, course.IsApproved, course.HasPerson, course.IsAlone));
    }

    [Fact]
    public void Undo_is_counted_once_it_is_proven_and_keeps_the_reason()
    {
        var asked = Transitions.UndoAsked(Fixed(Planned), "kim", "undo, claimed by kim: public on purpose: the website", Now, Now);

        Assert.Equal((0, "public on purpose: the website"), (asked.Course!.Undone, asked.Course.UndoneWhy));
        var undone = Transitions.Undone(asked, "", Now, Now).Course!;
        Assert.Equal((1, false), (undone.Undone, undone.IsStanding));
    }

    [Fact]
    public void Change_of_a_verified_fix_is_a_revert_and_a_repeated_attempt_is_not()
    {
        var again = Transitions.Begun(Fixed(Planned), 1, Now, Now);

        Assert.Equal((1, false), (again.Course!.Reverts, again.Course.IsStanding));
        Assert.Equal(1, Transitions.Applying(again, 0, "applying what is left", Now).Course!.Reverts);
        Assert.Equal(2, Transitions.Escalated(Fixed(again), Reason.Flapping, "why", Now, Now).Course!.Reverts);
        Assert.Equal(1, Transitions.Escalated(Fixed(again), Reason.Unconfirmed, "why", Now, Now).Course!.Reverts);
    }

    [Theory]
    [InlineData("NotPermitted")]
    [InlineData("OwnedByStack")]
    [InlineData("BreakerOpen")]
    public void First_reason_for_which_people_were_called_is_kept(string name)
    {
        var reason = Enum.Parse<Reason>(name);
        var called = Transitions.Escalated(Planned, reason, "why", Now, Now);

        Assert.Equal(reason, Transitions.Escalated(called, Reason.Failed, "why", Now, Now).Course!.Escalated);
    }

    [Fact]
    public void Course_survives_when_the_history_drops_lines()
    {
        var incident = Transitions.Escalated(Planned, Reason.Failed, "why", Now, Now);
        for (var i = 0; i < 200; i++)
        {
            incident = Transitions.Waiting(incident, $"{i} {new string('w', 600)}", Now, Now);
        }

        incident = Fixed(Transitions.GoesOn(incident, null, "retry, claimed by kim", Now, Now));

        Assert.Equal((Reason.Failed, true, 1), (incident.Course!.Escalated!.Value, incident.Course.HasPerson, incident.Course.Fixes));
    }

    [Fact]
    public void What_a_line_said_that_the_history_dropped_is_known()
    {
        var incident = Planned;
        for (var i = 0; i < 200; i++)
        {
            incident = i == 50
                ? Transitions.Escalated(incident, Reason.Failed, "why", Now, Now)
                : Transitions.Waiting(incident, $"{i} {new string('w', 600)}", Now, Now);
        }

        Assert.DoesNotContain(incident.Entries, e => e.Kind is EntryKind.Escalated);
        Assert.Equal(Reason.Failed, incident.Course!.Escalated);
    }

    [Fact]
    public void Incident_of_an_earlier_version_is_told_by_its_history()
    {
        var stored = Fixed(Planned) with { Course = null };

        Assert.Equal(1, Digest.Of(stored).Course.Fixes);
        Assert.Equal(2, Fixed(Transitions.Begun(stored, 0, Now, Now)).Course!.Fixes);
    }

    [Fact]
    public void Who_changes_it_is_taken_from_the_history()
    {
        const string who = "Last changed by arn:aws:sts::123456789012:assumed-role/deploy/i-1 with PutBucketAcl. CloudFormation stack web "
            + "owns it.";
        var digest = Digest.Of(Planned.Noted(EntryKind.Noted, who, Now));

        Assert.Equal(("arn:aws:sts::123456789012:assumed-role/deploy/i-1", "web"), (digest.Principal, digest.Stack));
        Assert.Equal("stack web", digest.Cause);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/deploy", (digest with { Stack = null }).Cause);
    }

    [Fact]
    public void Denied_permission_and_role_are_read_from_AWSs_message()
    {
        const string said = "s3:PutPublicAccessBlock was refused (AccessDenied): User: arn:aws:sts::1:assumed-role/Member/x is not "
            + "authorized to perform: s3:PutBucketPublicAccessBlock on resource: \"arn:aws:s3:::b\" with an explicit deny.";
        var digest = Digest.Of(Transitions.Escalated(Planned, Reason.NotPermitted, said, Now, Now));

        Assert.Equal(("s3:PutBucketPublicAccessBlock", "Member"), (digest.Refused, digest.RefusedRole));
        Assert.Equal(
            "sns:Publish",
            Digest.Of(Transitions.Escalated(Planned, Reason.NotPermitted, "sns:Publish was refused (X): no", Now, Now)).Refused);
    }

    [Fact]
    public void First_time_that_it_read_right_is_kept()
    {
        var again = Transitions.Fixed(Transitions.Begun(Fixed(Planned), 1, Now, Now), new([]), Now.AddHours(1), Now).Course!;

        Assert.Equal((2, Now), (again.Fixes, again.RightAt));
        Assert.Equal(Now, Transitions.AlreadyRight(Fixed(Planned), new(), Now.AddHours(1), Now).Course!.RightAt);
    }

    [Fact]
    public void Observed_and_announced_plans_ask_nobody()
    {
        var observed = Transitions.Observed(Planned, null, null, Now, Now).Course!;
        var announced = Transitions.AwaitsApproval(Planned, Reason.Announced, "why", false, Now, Now).Course!;

        Assert.Equal((true, false, true), (observed.IsObserved, observed.IsAsked, observed.IsAlone));
        Assert.Equal((false, false, true), (announced.IsObserved, announced.IsAsked, announced.IsAlone));
    }

    [Fact]
    public void Undo_that_began_leaves_no_fix_standing_and_is_not_counted_before_it_is_proven()
    {
        var course = Transitions.PutsBack(Fixed(Planned), Reason.NotVerified, "why", Now, Now).Course!;

        Assert.Equal((0, false), (course.Undone, course.IsStanding));
        Assert.True(Fixed(Planned).Noted(EntryKind.Undo, "undo stopped: conflict", Now).Course!.IsStanding);
    }

    [Theory]
    [InlineData("hold, claimed by kim: a migration", "a migration", null)]
    [InlineData("hold, verified as kim", null, null)]
    [InlineData("undo, claimed by kim: wanted", null, "wanted")]
    [InlineData("retry, claimed by kim: try it", null, null)]
    [InlineData("something else", null, null)]
    public void Command_has_a_person_and_its_why(string note, string? held, string? undone)
    {
        var course = Planned.Noted(EntryKind.Person, note, Now).Course!;

        Assert.Equal((true, false, false), (course.HasPerson, course.IsAlone, course.IsApproved));
        Assert.Equal((held, undone), (course.HeldWhy, course.UndoneWhy));
    }

    [Fact]
    public void Last_words_of_a_person_count_and_a_command_without_any_keeps_them()
    {
        var course = Course.Of(
        [
            new(Now, EntryKind.Person, "hold, claimed by kim: first"), new(Now, EntryKind.Person, "hold, claimed by kim: second"),
            new(Now, EntryKind.Person, "hold, claimed by kim"), new(Now, EntryKind.Person, "undo, claimed by kim: third"),
            new(Now, EntryKind.Person, "undo, claimed by kim: fourth"), new(Now, EntryKind.Person, "undo, claimed by kim"),
        ]);

        Assert.Equal(("second", "fourth"), (course.HeldWhy, course.UndoneWhy));
    }

    [Fact]
    public void Last_that_was_said_of_who_changes_it_counts_and_other_lines_keep_it()
    {
        var course = Course.Of(
        [
            new(Now, EntryKind.Noted, $"{Attributed.Change("a", "Put")} {Attributed.Stack("one")}"),
            new(Now, EntryKind.Noted, $"{Attributed.Change("b", "Put")} {Attributed.Stack("two")}"),
            new(Now, EntryKind.Noted, "nothing of that"),
        ]);

        Assert.Equal(("b", "two"), (course.Principal, course.Stack));
    }

    [Fact]
    public void Confirmed_is_what_Config_says_is_compliant() =>
        Assert.False(Transitions.Closed(Fixed(Planned), Compliance.NotApplicable, Now, Now).Course!.IsConfirmed);

    [Fact]
    public void Escalation_with_a_reason_of_a_later_version_is_none_that_is_known() =>
        Assert.Null(Course.Of([new(Now, EntryKind.Escalated, "escalated: from-the-future")]).Escalated);

    private static Incident Fixed(Incident incident)
    {
        var begun = incident.State is IncidentState.Applying ? incident : Transitions.Begun(incident, 0, Now, Now);
        return Transitions.Fixed(begun, begun.Plan!, Now, Now);
    }
}
