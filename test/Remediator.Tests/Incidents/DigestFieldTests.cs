using Remediator.Incidents;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>What an incident says in short, and what is taken from where.</summary>
public sealed class DigestFieldTests
{
    private static readonly DateTimeOffset Now = Some.Time.AddMinutes(1);

    private static Incident Escalated => Some.Incident(now: Some.Time) with
    {
        State = IncidentState.Escalated,
        Reason = Reason.Failed,
        Change = Some.Planned(),
    };

    [Theory]
    [InlineData(nameof(IncidentState.Open), true, false, false)]
    [InlineData(nameof(IncidentState.Fixed), true, false, true)]
    [InlineData(nameof(IncidentState.Escalated), true, true, false)]
    [InlineData(nameof(IncidentState.AwaitingApproval), true, true, false)]
    [InlineData(nameof(IncidentState.Closed), false, false, true)]
    public void State_says_what_is_left_to_do(string state, bool isOpen, bool needsPerson, bool isSettled)
    {
        var digest = Digest.Of(Escalated with { State = Enum.Parse<IncidentState>(state) });

        Assert.Equal((isOpen, needsPerson, isSettled), (digest.IsOpen, digest.NeedsPerson, digest.IsSettled));
    }

    [Fact]
    public void Only_a_plan_that_people_are_asked_about_is_shown()
    {
        Assert.Null(Digest.Of(Escalated).Plan);
        Assert.Equal(Escalated.Plan!.Identity, Digest.Of(Escalated with { State = IncidentState.AwaitingApproval }).Plan);
    }

    [Theory]
    [InlineData(0, 0, false, false)]
    [InlineData(1, 0, false, true)]
    [InlineData(0, 1, false, true)]
    [InlineData(0, 0, true, true)]
    public void Rollout_counts_incidents_that_were_changed_or_called_somebody(int fixes, int undone, bool isCalled, bool counts)
    {
        var course = new Course { Fixes = fixes, Undone = undone, Escalated = isCalled ? Reason.Failed : null };
        var digest = Digest.Of(Escalated with { Course = course, Terms = Escalated.Terms with { Rollout = "r" } });

        Assert.Equal(counts, digest.IsRolledOut);
        Assert.False((digest with { Rollout = null }).IsRolledOut);
    }

    [Fact]
    public void Who_changed_it_is_taken_from_the_history_then_from_the_record_then_from_the_reason()
    {
        var told = Escalated with { Detail = $"{Attributed.Change("c", "Put")} {Attributed.Stack("three")}" };
        var change = Some.Planned() with
        {
            Recorded = new(Now, new("1", Now), new("2", Now)) { ChangedBy = Attributed.Change("b", "Put") },
            Owner = new(ResourceOwner.Stack, "two"),
        };
        var recorded = told with { Change = change };
        var noted = recorded with { Course = new() { Principal = "a", Stack = "one" } };

        Assert.Equal(("c", "three"), (Digest.Of(told).Principal, Digest.Of(told).Stack));
        Assert.Equal(("b", "two"), (Digest.Of(recorded).Principal, Digest.Of(recorded).Stack));
        Assert.Equal(("a", "one"), (Digest.Of(noted).Principal, Digest.Of(noted).Stack));
        Assert.Null(Digest.Of(Escalated).Principal);
    }

    [Fact]
    public void Refused_permission_is_named_only_where_that_is_why_it_stopped()
    {
        var refused = Escalated with { Reason = Reason.NotPermitted, Detail = "sns:Publish was refused (X): no" };

        Assert.Equal("sns:Publish", Digest.Of(refused).Refused);
        Assert.Null(Digest.Of(refused with { Reason = Reason.Failed }).Refused);
        Assert.Null(Digest.Of(refused with { Detail = null }).Refused);
        Assert.Null(Digest.Of(refused).RefusedRole);
    }

    [Fact]
    public void Account_goes_by_its_name_where_it_has_one()
    {
        Assert.Equal("shop", (Digest.Of(Escalated) with { AccountName = "shop" }).Account);
        Assert.Equal(Escalated.Resource.Account, (Digest.Of(Escalated) with { AccountName = "" }).Account);
        Assert.Equal(Escalated.Resource.Account, Digest.Of(Escalated).Account);
    }

    [Fact]
    public void In_short_says_what_the_whole_incident_says()
    {
        var i = Escalated with
        {
            Version = 7,
            FixedAt = Now,
            Change = Some.Planned() with { IsInPlace = true },
            Origin = Escalated.Origin with { IsFirst = true },
            Terms = new()
            {
                RuleIdentifier = "ID",
                Playbook = "s3/a",
                Owner = "team",
                AccountName = "shop",
                Mode = Mode.Auto,
                Rollout = "r",
                Severity = Severity.Critical,
            },
            Telling = new() { Problem = "problem" },
        };
        var d = Digest.Of(i);

        Assert.Equal(
            (i.Id, 7, i.State, i.Resource, i.Rule.Name, i.Rule.Arn, "ID"),
            (d.Id, d.Version, d.State, d.Resource, d.Rule, d.RuleArn, d.RuleIdentifier));
        Assert.Equal(("s3/a", "team", "shop", Mode.Auto, Reason.Failed), (d.Playbook, d.Team, d.AccountName, d.Mode, d.Reason));
        Assert.Equal((i.OpenedAt, i.ChangedAt, Now, true, "problem"), (d.OpenedAt, d.ChangedAt, d.FixedAt, d.IsChanged, d.Problem));
        Assert.Equal((true, "r", Severity.Critical), (d.IsFirst, d.Rollout, d.Severity));
        Assert.Equal(i.Key, d.Key);
    }
}
