using Remediator.Aws.Models;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change.Runbooks;

public sealed class RunbookTests
{
    private static readonly string[] Good = ["CompletedWithSuccess", "Success"];

    private static readonly string[] Bad =
        ["Cancelled", "ChangeCalendarOverrideRejected", "CompletedWithFailure", "Exited", "Failed", "Rejected", "TimedOut"];

    private static readonly string[] Running =
    [
        "Approved",
        "Cancelling",
        "ChangeCalendarOverrideApproved",
        "InProgress",
        "Pending",
        "PendingApproval",
        "PendingChangeCalendarOverride",
        "RunbookInProgress",
        "Scheduled",
        "Waiting",
    ];

    public static TheoryData<string> GoodStatuses => [.. Good];

    public static TheoryData<string> BadStatuses => [.. Bad];

    public static TheoryData<string> RunningStatuses => [.. Running];

    [Fact]
    public void Every_status_that_the_model_has_is_tried_here()
    {
        var status = ModelCatalog
            .Find(FakeAutomations.Look)!
            .Output!.Members["AutomationExecution"]
            .Shape.Members["AutomationExecutionStatus"]
            .Shape;

        Assert.Equal(status.Enum.Order(StringComparer.Ordinal), Good.Concat(Bad).Concat(Running).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(GoodStatuses))]
    public async Task A_run_is_waited_for_and_believed_when_the_setting_is_read(string status)
    {
        var resizing = await ResizingHost.StartAsync();
        resizing.Automations.Looks = ["InProgress", "InProgress", status];

        AssertOutcome("fixed", await resizing.SendAsync());

        var (incident, run) = (await resizing.IncidentAsync(), Assert.Single(resizing.Automations.Runs));
        Assert.Equal("ssm:StartAutomationExecution", Assert.Single(incident.Plan!.Calls).Operation);
        Assert.Contains(incident.Entries, e => e.What == $"runbook AWS-ResizeInstance: {status}, execution {run.Id}");
        Assert.Null(incident.Change!.Runbook);
    }

    [Theory]
    [MemberData(nameof(BadStatuses))]
    public async Task Failed_run_is_escalated_with_its_id_and_message(string status)
    {
        var resizing = await ResizingHost.StartAsync();
        resizing.Automations.Looks = ["InProgress", status];

        AssertOutcome("escalated", await resizing.SendAsync());

        var run = Assert.Single(resizing.Automations.Runs);
        var notice = Assert.Single(await resizing.Host.NoticesAsync());
        Assert.Equal("failed", notice.TextOf("reason"));
        Assert.Matches(
            $"AWS-ResizeInstance ended as {status}( at step changeSetting .aws:executeAwsApi.)?, execution {run.Id}. .*The request "
            + "was refused",
            notice.TextOf("detail"));
        Assert.Equal("m5.large", resizing.Type);
    }

    [Theory]
    [MemberData(nameof(RunningStatuses))]
    public async Task A_run_that_is_not_over_is_gone_on_with_and_not_started_again(string status)
    {
        var resizing = await ResizingHost.StartAsync();
        resizing.Automations.Looks = [status];

        AssertOutcome("pending", await resizing.SendAsync());
        await resizing.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(IncidentState.Verifying, (await resizing.IncidentAsync()).State);
        Assert.Single(resizing.Automations.Runs).GoOn("Success");
        await resizing.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(IncidentState.Fixed, (await resizing.IncidentAsync()).State);
        Assert.Single(resizing.Automations.Runs);
        Assert.Empty(await resizing.Host.NoticesAsync());
    }

    [Fact]
    public async Task Unapproved_run_is_reported_after_the_playbooks_time_and_left_alone()
    {
        var resizing = await ResizingHost.StartAsync();
        resizing.Automations.Looks = ["Waiting"];
        await resizing.SendAsync();

        await resizing.SweepAfterAsync(TimeSpan.FromMinutes(31));

        var run = Assert.Single(resizing.Automations.Runs);
        var notice = Assert.Single(await resizing.Host.NoticesAsync());
        Assert.Equal("not-verified", notice.TextOf("reason"));
        Assert.Matches(
            $"AWS-ResizeInstance is still Waiting after 3[0-9] minutes, execution {run.Id}. Nothing was stopped or put back.",
            notice.TextOf("detail"));
    }

    [Fact]
    public async Task Long_run_that_fails_is_escalated_by_the_next_worker()
    {
        var resizing = await ResizingHost.StartAsync();
        resizing.Automations.Looks = ["InProgress"];
        await resizing.SendAsync();
        Assert.Single(resizing.Automations.Runs).GoOn("TimedOut");

        await resizing.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Contains(
            "ended as TimedOut at step changeSetting",
            Assert.Single(await resizing.Host.NoticesAsync()).TextOf("detail"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_says_success_and_does_nothing_is_not_called_a_fix()
    {
        var resizing = await ResizingHost.StartAsync();
        resizing.Automations.Works = false;
        AssertOutcome("pending", await resizing.SendAsync());

        await resizing.SweepAfterAsync(TimeSpan.FromMinutes(31));

        Assert.Equal("not-verified", Assert.Single(await resizing.Host.NoticesAsync()).TextOf("reason"));
    }

    [Fact]
    public async Task Run_that_may_not_be_read_is_reported_and_left_alone()
    {
        var resizing = await ResizingHost.StartAsync();
        resizing.Host.Faults.Inject(FakeAutomations.Look, FaultKind.Deny);

        AssertOutcome("escalated", await resizing.SendAsync());

        var notice = Assert.Single(await resizing.Host.NoticesAsync());
        Assert.Equal("not-permitted", notice.TextOf("reason"));
        Assert.Contains(
            $"AWS-ResizeInstance was started, execution {Assert.Single(resizing.Automations.Runs).Id}",
            notice.TextOf("detail"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_undo_is_a_run_with_the_earlier_value_and_is_waited_for_as_long()
    {
        var resizing = await ResizingHost.StartAsync();
        var ended = await resizing.SendAsync();
        resizing.Automations.Looks = ["InProgress"];

        AssertOutcome("pending", await resizing.Host.UndoAsync(ended.Incident));
        Assert.Equal(IncidentState.Undoing, (await resizing.IncidentAsync()).State);
        resizing.Automations.Runs[1].GoOn("Success");
        await resizing.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(IncidentState.Held, (await resizing.IncidentAsync()).State);
        Assert.Equal("m5.large", resizing.Type);
        Assert.Equal(2, resizing.Automations.Runs.Count);
    }

    [Fact]
    public async Task Undo_that_never_ends_is_reported()
    {
        var resizing = await ResizingHost.StartAsync();
        var ended = await resizing.SendAsync();
        resizing.Automations.Looks = ["PendingApproval"];
        await resizing.Host.UndoAsync(ended.Incident);

        await resizing.SweepAfterAsync(TimeSpan.FromMinutes(31));

        Assert.Contains(
            "The undo: AWS-ResizeInstance is still PendingApproval",
            Assert.Single(await resizing.Host.NoticesAsync()).TextOf("detail"),
            StringComparison.Ordinal);
    }
}
