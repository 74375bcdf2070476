using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;

namespace Remediator.Tests.Incidents;

/// <summary>Why automation stopped, as people read it.</summary>
public sealed class SentenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("all", "in all")]
    [InlineData("account 1", "for account 1")]
    public void Budget_that_is_used_up_is_named_with_its_limit_and_end(string name, string whose) => Assert.Equal(
        $"The 7 changes an hour that the policy allows {whose} are used up until 2026-11-02 09:30:00Z.",
        Sentences.OverBudget(new(name, 7, Now)));

    [Theory]
    [InlineData(1, "once")]
    [InlineData(2, "2 times")]
    public void Reverts_are_counted_in_words(int reverts, string times) => Assert.Equal(
        $"The fix was reverted {times}: whoever does that has to be found first. Kim did.", Sentences.Flapping(reverts, " Kim did."));

    [Fact]
    public void Alarm_is_named_with_its_time_where_that_is_known()
    {
        Assert.Equal("Alarm a went into alarm at 2026-11-02 09:30:00Z, soon after the change.", Sentences.AlarmRang("a", Now));
        Assert.Equal("Alarm a went into alarm, soon after the change.", Sentences.AlarmRang("a", null));
    }

    [Fact]
    public void Announcement_says_when_and_what_it_waits_for()
    {
        const string says = "It is changed at 2026-11-02 09:30:00Z by itself, unless somebody holds or exempts it before.";

        Assert.Equal(says, Sentences.Announced(Now, null));
        Assert.Equal($"{says} A freeze is on.", Sentences.Announced(Now, "A freeze is on."));
    }

    [Fact]
    public void Places_are_named_once_each() => Assert.Equal(
        "The calls went through, but the lock is still not right: /a, /b.", Sentences.NotVerified("lock", ["/a", "/b", "/a"]));

    [Fact]
    public void Playbook_is_out_of_use_until_the_end_of_the_hour() => Assert.Equal(
        "the playbook failed too often and is out of use until 2026-11-02 09:30:00Z", Sentences.OutOfUse(new("failures", 5, Now)));

    [Fact]
    public void Conflict_names_each_place_once() => Assert.Equal(
        "Somebody else changed it at the same time: Status, Rules.",
        Sentences.Conflict(
        [
            new(["Status"], Some.Json("1"), Some.Json("2")), new(["Rules"], Some.Json("1"), Some.Json("2")),
            new(["Status"], Some.Json("3"), Some.Json("4")),
        ]));

    [Fact]
    public void Run_that_may_go_on_is_named_with_its_execution()
    {
        var run = new StartedRunbook("AWS-Fix", "{}", "token", Now.AddMinutes(-90)) { Execution = "exec-1" };

        Assert.Equal(
            "It was stopped. AWS-Fix was started, execution exec-1, and may run on: nothing was stopped or put back.",
            Sentences.MayRunOn("It was stopped.", run));
        Assert.Equal("AWS-Fix is still under way after 90 minutes, execution exec-1.", run.Still(Now));
        Assert.Equal("AWS-Fix is still Waiting after 90 minutes, execution exec-1.", (run with { Status = "Waiting" }).Still(Now));
        Assert.Equal("runbook AWS-Fix", run.Called);
    }

    [Fact]
    public void Resource_without_a_quiet_day_is_told_with_who_changed_it()
    {
        var recorded = new RecordedOrigin(Now, new("1", Now), new("2", Now)) { ChangedBy = "Kim did." };

        Assert.Equal("For a day it has been changed again and again. ", Sentences.NotQuiet(null));
        Assert.Equal("For a day it has been changed again and again. Kim did.", Sentences.NotQuiet(recorded));
    }

    [Fact]
    public void What_was_not_begun_is_told_with_what_it_waited_for()
    {
        var change = Some.Planned(new([Step("copy"), Step("swap")])) with { Step = 1 };
        var run = new StartedRunbook("AWS-Fix", "{}", "token", Now.AddMinutes(-90)) { Execution = "exec-1" };

        Assert.Equal(
            "The swap does not read right in the time that it has. What comes after it was not begun, and nothing was put back.",
            Sentences.NotBegun(change, Now));
        Assert.Equal(
            "AWS-Fix is still under way after 90 minutes, execution exec-1. What comes after it was not begun, and nothing was put back.",
            Sentences.NotBegun(change with { Runbook = run }, Now));
    }

    [Theory]
    [InlineData(null, "Runbook", true, "runbook The change")]
    [InlineData("ssm:StartAutomationExecution", "Runbook", true, "runbook The change")]
    [InlineData("cloudformation:CreateChangeSet", "ChangeSet", true, "the change")]
    [InlineData("cloudcontrol:UpdateResource", "Update", true, "the change")]
    [InlineData("a:Later", "Runbook", false, "runbook The change")]
    public void What_was_begun_is_told_by_its_operation(string? operation, string kind, bool isKnown, string called)
    {
        var run = new StartedRunbook("The change", "{}", "token", Now) { Operation = operation };

        Assert.Equal((isKnown, called), (run.IsKnown, run.Called));
        Assert.Same(kind is "Runbook" ? LongCall.Runbook : kind is "Update" ? LongCall.Update : LongCall.ChangeSet, run.Kind);
    }

    private static StepPlan Step(string name) => new() { Step = name, Before = Some.Json("0"), After = Some.Json("1"), Calls = [] };
}
