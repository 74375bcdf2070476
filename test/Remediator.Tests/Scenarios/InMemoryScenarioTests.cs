using Remediator.Testing.Scenarios;

namespace Remediator.Tests.Scenarios;

/// <summary>The scenarios on the fake AWS; the same ones run on the emulator.</summary>
public sealed class InMemoryScenarioTests
{
    public static TheoryData<string> Names => [.. AllScenarios.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Holds_in_memory(string scenario)
    {
        await using var host = new InMemoryHost();

        await AllScenarios.All[scenario](host);
    }
}
