using System.Reflection;
using Remediator.Testing.Scenarios;

namespace Remediator.Tests;

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

    [Fact]
    public void Every_scenario_is_in_the_list_that_the_hosts_run()
    {
        var written = typeof(AllScenarios)
            .Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Scenarios", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method =>
                method.GetParameters() is [var host] && host.ParameterType == typeof(IScenarioHost) && method.ReturnType == typeof(Task));

        Assert.Equal(written.Select(method => method.Name).Order(), AllScenarios.All.Keys.Order());
    }
}
