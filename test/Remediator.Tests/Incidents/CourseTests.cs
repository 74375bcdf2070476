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

        Assert.Equal(1, again.Course!.Reverts);
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

    private static Incident Fixed(Incident incident)
    {
        var begun = incident.State is IncidentState.Applying ? incident : Transitions.Begun(incident, 0, Now, Now);
        return Transitions.Fixed(begun, begun.Plan!, Now, Now);
    }
}
