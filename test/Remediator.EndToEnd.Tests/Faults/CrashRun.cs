using Remediator.Decide;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>One remediation, interrupted at one HTTP request; then the queue's redelivery, the passing of time and the sweep.</summary>
internal sealed class CrashRun : IAsyncDisposable
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private readonly DeployedService _service;
    private readonly Situation _case;
    private readonly Work _work;
    private readonly string _drifted;

    /// <summary>What is said of a run that has fewer requests than the one at which it was to be interrupted.</summary>
    public static string NothingCrashed(int at) => $"{at}: nothing crashed";

    private CrashRun(DeployedService service, Situation @case, Work work, string drifted) =>
        (_service, _case, _work, _drifted) = (service, @case, work, drifted);

    private string Handler => _work is Work.Event ? "remediate" : "operate";

    /// <summary>Sets up the situation, with the case's policy. Nothing has been delivered yet.</summary>
    public static async Task<CrashRun> PrepareAsync(World world, string executable, string name, Work work)
    {
        var service = await DeployedService.StartAsync(world, executable, CancellationToken.None);
        var @case = await Situation.SeedAsync(world, name, CancellationToken.None);
        await service.UsePolicyAsync(work is Work.Order ? RollbackOnWire.Observing : @case.Policy, CancellationToken.None);
        return new(service, @case, work, await @case.ReadAsync(CancellationToken.None));
    }

    /// <summary>The number of requests of an undisturbed run.</summary>
    public async Task<int> CountAsync()
    {
        await BeginAsync();
        await ActAsync();
        return _service.Proxy.All.Count;
    }

    /// <summary>Returns what is wrong at the end; null if every invariant holds.</summary>
    public async Task<string?> CrashAsync(int at, bool isAfter)
    {
        await BeginAsync();
        _service.Proxy.Crash.Arrange(at, isAfter, () => _service.Process(Handler).CrashAsync());
        try
        {
            await ActAsync();
            return NothingCrashed(at);
        }
        catch (EmulatorException)
        {
            // The crash is the purpose of the run.
        }

        var where = _service.Proxy.Crash.Where;
        if (await _service.Table.IncidentAsync(_ct) is null && _service.Proxy.All.Any(c => FakeCall.IsMutating(c.Operation)))
        {
            return $"{where}: the resource was changed, and there is no incident";
        }

        await RecoverAsync();
        var broken = _work is Work.Undo ? await BrokenAfterUndoAsync() : await BrokenAsync();
        return broken is null ? null : $"{where}: {broken}";
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task BeginAsync()
    {
        if (_work is Work.Undo)
        {
            await _service.DeliverAsync([_case.Event], _ct);
        }

        _service.Proxy.Forget();
    }

    private Task ActAsync() => _work switch
    {
        Work.Undo => UndoAsync(),
        Work.Order => ((RollbackOnWire)_case).OrderAsync(_service, _ct),
        _ => _service.DeliverAsync([_case.Event], _ct),
    };

    private async Task UndoAsync() =>
        await _service.OperateAsync(new(OperatorVerb.Undo, (await IncidentAsync()).Id, "alice", null, false), _ct);

    // The lease of the dead process expires, the queue delivers again or the person tries again, and the sweep runs from time to time. An
    // order that was taken is not given again.
    private async Task RecoverAsync()
    {
        await _service.RestartAsync();
        await _service.Table.AgeAsync(TimeSpan.FromMinutes(6), _ct);
        if (_work is not Work.Order || await _service.Table.IncidentAsync(_ct) is null)
        {
            await ActAsync();
        }

        for (var pass = 0; pass < 3 && (await IncidentAsync()).State is not (IncidentState.Fixed or IncidentState.Held); pass++)
        {
            await _service.Table.AgeAsync(TimeSpan.FromMinutes(30), _ct);
            await _service.SweepAsync(_ct);
        }
    }

    private async Task<string?> BrokenAsync()
    {
        var incident = await IncidentAsync();
        var planned = incident.Plan?.Calls.Select(c => c.Operation).ToHashSet() ?? [];
        var unjournaled = _service.Proxy.All.Select(c => c.Operation).Where(o => FakeCall.IsMutating(o) && !planned.Contains(o)).ToList();
        var notices = await _service.Notices.ReceiveAsync(_ct);
        if (incident.State is not IncidentState.Fixed || !incident.IsChanged)
        {
            return $"it ended {incident.State} ({incident.Reason} {incident.Detail})";
        }

        if (!await _case.IsRightAsync(_ct))
        {
            return $"it is said to be fixed, and reads {await _case.ReadAsync(_ct)}";
        }

        if (unjournaled is not [] || notices is not [])
        {
            return $"calls that no plan has: {string.Join(", ", unjournaled)}; notices: {notices.Count}";
        }

        if (_service.Proxy.Automations.Runs.Count > 1)
        {
            return $"the runbook was started {_service.Proxy.Automations.Runs.Count} times";
        }

        // The journal's before-state is the original: an undo restores what was read before the change began.
        await _service.OperateAsync(new(OperatorVerb.Undo, incident.Id, "alice", null, false), _ct);
        return await BrokenAfterUndoAsync();
    }

    private async Task<string?> BrokenAfterUndoAsync()
    {
        var incident = await IncidentAsync();
        if (incident.State is not IncidentState.Held)
        {
            return $"the undo ended {incident.State} ({incident.Reason} {incident.Detail})";
        }

        var back = await _case.ReadAsync(_ct);
        var isBack = _case.IsUndoneExactly ? IsSame(back) : !await _case.IsRightAsync(_ct);
        return isBack ? null : $"after the undo it reads {back}, and before it all {_drifted}";
    }

    private bool IsSame(string back) =>
        back.Split('\n').Zip(_drifted.Split('\n')).All(p => StateComparer.Exact.Same(Json.Parse(p.First), Json.Parse(p.Second)));

    private async Task<Incident> IncidentAsync() =>
        await _service.Table.IncidentAsync(_ct) ?? throw new InvalidOperationException("there is no open incident");
}
