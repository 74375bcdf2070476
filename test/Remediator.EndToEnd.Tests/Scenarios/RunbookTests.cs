using Remediator.Decide;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>The shipped playbook with a runbook, through the published function; an instance on the emulator is really resized.</summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class RunbookTests(World world) : IAsyncLifetime
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private DeployedService _service = null!;
    private CaseOnWire _case = null!;
    private string _drifted = "";

    private FakeAutomations Automations => _service.Proxy.Automations;

    public async Task InitializeAsync()
    {
        _service = await DeployedService.StartAsync(world, await PublishedFunction.NativeAsync(), _ct);
        _case = await CaseOnWire.OfAsync(world, "ec2/instance-type", _ct);
        await _service.UsePolicyAsync(_case.Policy, _ct);
        _drifted = await _case.ReadAsync(_ct);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_run_is_waited_for_read_back_and_undone_by_a_run_with_the_earlier_value()
    {
        Automations.Looks = ["Pending", "InProgress", "Success"];

        await _service.DeliverAsync([_case.Event], _ct);

        var incident = await IncidentAsync();
        Assert.Equal(IncidentState.Fixed, incident.State);
        Assert.True(await _case.IsRightAsync(_ct));
        Assert.Contains(
            incident.Entries, e => e.What == $"runbook AWS-ResizeInstance: Success, execution {Assert.Single(Automations.Runs).Id}");

        await _service.OperateAsync(new(OperatorVerb.Undo, incident.Id, "alice", null, false), _ct);

        Assert.Equal(IncidentState.Held, (await IncidentAsync()).State);
        Assert.Equal(_drifted, await _case.ReadAsync(_ct));
        Assert.Equal(2, Automations.Runs.Count);
        Assert.Contains("m5.large", Automations.Runs[1].Parameters, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("TimedOut")]
    [InlineData("Cancelled")]
    public async Task Failed_run_notifies_a_person_with_the_run_and_the_step(string status)
    {
        Automations.Looks = ["InProgress", status];

        await _service.DeliverAsync([_case.Event], _ct);

        var (incident, run) = (await IncidentAsync(), Assert.Single(Automations.Runs));
        Assert.Equal((IncidentState.Escalated, Reason.Failed), (incident.State, incident.Reason));
        Assert.Equal(_drifted, await _case.ReadAsync(_ct));
        var notice = Assert.Single(await _service.Notices.ReceiveAsync(_ct)).GetRawText();
        Assert.Contains(
            $"AWS-ResizeInstance ended as {status} at step changeSetting (aws:executeAwsApi), execution {run.Id}",
            notice,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeAutomations.Start, 2)]
    [InlineData(FakeAutomations.Look, 1)]
    public async Task A_second_worker_finds_the_run_of_the_first_and_starts_no_other(string killedAfter, int starts)
    {
        Automations.Looks = ["InProgress", "InProgress", "InProgress", "Success"];
        _service.Proxy.Crash.ArrangeAfter(killedAfter, () => _service.Process("remediate").CrashAsync());
        await Assert.ThrowsAsync<EmulatorException>(() => _service.DeliverAsync([_case.Event], _ct));
        Assert.Equal(_drifted, await _case.ReadAsync(_ct));

        await _service.RestartAsync();
        await _service.Table.AgeAsync(TimeSpan.FromMinutes(6), _ct);
        await _service.DeliverAsync([_case.Event], _ct);

        Assert.Equal(IncidentState.Fixed, (await IncidentAsync()).State);
        Assert.True(await _case.IsRightAsync(_ct));
        Assert.Single(Automations.Runs);
        Assert.Equal(starts, _service.Proxy.All.Count(c => c.Operation is FakeAutomations.Start));
    }

    private async Task<Incident> IncidentAsync() => (await _service.Table.IncidentAsync(_ct))!;
}
