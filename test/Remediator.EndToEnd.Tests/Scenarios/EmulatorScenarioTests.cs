using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Testing;
using Remediator.Testing.Scenarios;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>
/// The in-memory scenarios, run with the published function on the emulator, in both of its builds: with the native one all, with the other
/// each sixth, or with REMEDIATOR_LOAD=full all.
/// </summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class EmulatorScenarioTests(World world)
{
    private static ScenarioRuns? native;
    private static ScenarioRuns? readyToRun;

    public static TheoryData<string> Names => [.. AllScenarios.All.Keys];

    public static TheoryData<string> SomeNames => [.. Some];

    private static IEnumerable<string> Some => FullRun.OrEach(6, AllScenarios.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Holds_through_the_native_function(string scenario)
    {
        native ??= new(world, await PublishedFunction.NativeAsync(), AllScenarios.All.Keys);
        await native.RunAsync(scenario);
    }

    [Theory]
    [MemberData(nameof(SomeNames))]
    public async Task Holds_through_the_ready_to_run_function(string scenario)
    {
        readyToRun ??= new(world, await PublishedFunction.ReadyToRunAsync(), Some);
        await readyToRun.RunAsync(scenario);
    }
}
