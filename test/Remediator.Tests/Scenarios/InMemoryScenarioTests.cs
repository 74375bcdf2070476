using Remediator.Testing.Scenarios;

namespace Remediator.Tests.Scenarios;

/// <summary>The scenarios on the fake AWS; the same ones run on the emulator.</summary>
public sealed class InMemoryScenarioTests
{
    public static TheoryData<string> Names => [.. Catalog.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Holds_in_memory(string scenario)
    {
        await using var host = new InMemoryHost();

        await Catalog.All[scenario](host);
    }
}
