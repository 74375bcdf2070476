using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Faults;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>The published function on the emulator, with batches of the queue over the Runtime API.</summary>
internal sealed class EmulatorHost : IScenarioHost
{
    private const string Automatic = "defaults: {mode: auto, owner: platform, environment: test}";

    private readonly World _world;
    private readonly DeployedService _service;
    private readonly string _suffix = Guid.NewGuid().ToString("N")[..12];

    private EmulatorHost(World world, DeployedService service) => (_world, _service) = (world, service);

    public CancellationToken Ct => CancellationToken.None;

    public string Account => TemplateDeployer.Account;

    public string Region => TemplateDeployer.Region;

    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public IAws Aws => _world.Aws;

    public FaultTable Faults => _service.Proxy.Faults;

    public EvaluationTable Evaluations => _service.Proxy.Evaluations;

    public Task PutItemAsync(JsonElement item) =>
        _world.Emulator.Layer.PutItemAsync(Account, Region, JsonNode.Parse(item.GetRawText())!.AsObject(), Ct);

    public Task PutResourceAsync(JsonElement resource) =>
        _world.Emulator.Layer.TellAsync("registered", Account, Region, JsonNode.Parse(resource.GetRawText())!.AsObject(), Ct);

    public DeployedService Service => _service;

    /// <summary>All requests, including the journal's.</summary>
    public FaultyProxy Wire => _service.Proxy;

    /// <summary>What the service asks, without the roles that it takes to ask.</summary>
    public IReadOnlyList<string> Calls =>
        [.. _service.Proxy.All.Where(c => !c.IsJournal && c.Operation is not "sts:AssumeRole").Select(c => c.Operation)];

    public static async Task<EmulatorHost> StartAsync(World world, string executable)
    {
        var service = await DeployedService.StartAsync(world, executable, CancellationToken.None);
        await service.UsePolicyAsync(Automatic, CancellationToken.None);
        return new(world, service);
    }

    public string Named(string what) => $"{what}-{_suffix}";

    public Task UsePolicyAsync(string yaml) => _service.UsePolicyAsync(yaml, Ct);

    public async Task<IReadOnlyList<Ended>> DeliverAsync(params IReadOnlyList<string> bodies)
    {
        try
        {
            return await _service.DeliverAsync(bodies, Ct);
        }
        catch (EmulatorException cannotStart)
        {
            return [.. bodies.Select(_ => new Ended(true, "failed", null, cannotStart.Message))];
        }
    }

    public Task<Ended> OperateAsync(OperatorCommand command) => _service.OperateAsync(command, Ct);

    public Task<int> SweepAsync() => _service.SweepAsync(Ct);

    public async Task PassAsync(TimeSpan time)
    {
        await _service.Table.AgeAsync(time, Ct);
        await _service.RestartAsync();
    }

    public Task<Incident?> IncidentAsync(string id) =>
        IncidentId.TryParse(id, out var parsed) ? _service.Table.Journal.FindAsync(parsed, Ct) : Task.FromResult<Incident?>(null);

    public Task<IReadOnlyList<JsonElement>> NoticesAsync() => _service.Notices.ReceiveAsync(Ct);

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
