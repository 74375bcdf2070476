using System.Collections.Concurrent;
using Remediator.Testing.Scenarios;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>Runs all scenarios of a build concurrently: most of their time is waiting, for read-backs and for the emulator.</summary>
internal sealed class ScenarioRuns(World world, string executable, IEnumerable<string> names)
{
    private static readonly SemaphoreSlim Slots = new(8);

    private readonly ConcurrentDictionary<string, Task> _runs = new(StringComparer.Ordinal);

    /// <summary>Starts all that have not been started, and waits for this one.</summary>
    public Task RunAsync(string name)
    {
        foreach (var scenario in names)
        {
            _runs.GetOrAdd(scenario, StartAsync);
        }

        return _runs[name];
    }

    private async Task StartAsync(string name)
    {
        await Slots.WaitAsync();
        try
        {
            await using var host = await EmulatorHost.StartAsync(world, executable);
            await AllScenarios.All[name](host);
        }
        finally
        {
            Slots.Release();
        }
    }
}
