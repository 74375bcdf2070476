using Remediator.Decide;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>The state of a run with a fault after the last attempt.</summary>
/// <param name="IsHandedBack">The event is still on the queue, and would reach the dead-letter queue.</param>
/// <param name="State">The state of the incident; null if there is none.</param>
/// <param name="Reason">The reason in the notice to people.</param>
/// <param name="IsRight">Whether the resource really holds the right value.</param>
/// <param name="Notices">The number of notices.</param>
internal sealed record FaultOutcome(bool IsHandedBack, IncidentState? State, Reason? Reason, bool IsRight, int Notices);

/// <summary>One remediation with one operation that fails repeatedly, and the result once the fault is over.</summary>
internal sealed class FaultRun(DeployedService service, Situation @case) : IAsyncDisposable
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private bool _isHandedBack = true;

    public static async Task<FaultRun> PrepareAsync(World world, string executable, string playbook)
    {
        var service = await DeployedService.StartAsync(world, executable, CancellationToken.None);
        var @case = await Situation.SeedAsync(world, playbook, CancellationToken.None);
        await service.UsePolicyAsync(@case.Policy, CancellationToken.None);
        return new(service, @case);
    }

    /// <summary>The queue delivers three times, and the sweep runs until a person was notified or the incident is fixed.</summary>
    public async Task<FaultOutcome> SufferAsync(string operation, FaultKind fault, int times)
    {
        service.Proxy.Delay = TimeSpan.FromSeconds(1);
        service.Proxy.Faults.Inject(operation, fault, times);
        for (var delivery = 0; delivery < 3 && _isHandedBack; delivery++)
        {
            await DeliverAsync();
        }

        await SweepAsync(passes: 6);
        return await LookAsync();
    }

    /// <summary>
    /// The fault is over: the queue delivers its messages, the sweep runs, and a notified person gives the command retry.
    /// </summary>
    public async Task<FaultOutcome> RecoverAsync()
    {
        service.Proxy.Faults.Clear();
        if (_isHandedBack)
        {
            await DeliverAsync();
        }

        if (await IncidentAsync() is { State: IncidentState.Escalated } called)
        {
            await service.OperateAsync(new(OperatorVerb.Retry, called.Id, "alice", null, false), _ct);
        }

        await SweepAsync(passes: 3);
        return await LookAsync();
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    private async Task DeliverAsync()
    {
        await service.Table.AgeAsync(TimeSpan.FromMinutes(6), _ct);
        var ended = (await service.DeliverAsync([@case.Event], _ct))[0];
        _isHandedBack = ended.IsHandedBack;
    }

    private async Task SweepAsync(int passes)
    {
        for (
            var pass = 0;
            pass < passes && await IncidentAsync() is { State: not IncidentState.Fixed } incident && !IsTold(incident);
            pass++)
        {
            await service.Table.AgeAsync(TimeSpan.FromHours(2), _ct);
            await service.SweepAsync(_ct);
        }
    }

    private static bool IsTold(Incident incident) => incident is { State: IncidentState.Escalated, Telling.Notice: NoticeState.Sent };

    private async Task<FaultOutcome> LookAsync()
    {
        var incident = await IncidentAsync();
        var notices = await service.Notices.ReceiveAsync(_ct);
        return new(_isHandedBack, incident?.State, incident?.Reason, await @case.IsRightAsync(_ct), notices.Count);
    }

    private Task<Incident?> IncidentAsync() => service.Table.IncidentAsync(_ct);
}
