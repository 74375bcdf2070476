using System.Text.Json;
using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.EndToEnd.Tests.Scenarios;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using Xunit.Abstractions;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.EndToEnd.Tests.Record;

/// <summary>The units in perf/cost.json are those that the function really uses, within ten percent.</summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class CostTests(World world, ITestOutputHelper output)
{
    [Fact]
    public async Task Calls_and_units_of_an_event_are_those_that_the_costs_are_computed_from()
    {
        await using var host = await EmulatorHost.StartAsync(world, await PublishedFunction.NativeAsync());
        var (_, rule, _, _) = await host.FixedBucketAsync();
        host.Wire.Forget();

        // The process is warm by now, as most are.
        var change = Some.Change(rule, await host.BucketAsync("second", HalfBlocked), host.Now);
        AssertOutcome("fixed", await host.SendAsync(change));
        var fixedEvent = Taken(host);
        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.Compliant)));
        var closedEvent = Taken(host);

        var stated = Json.Parse(await File.ReadAllTextAsync(Repository.At("perf/cost.json"))).Member("measured");
        Compare("fixed", fixedEvent, stated.Member("fixed"));
        Compare("closed", closedEvent, stated.Member("closed"));
    }

    private static (int Calls, double Written, double Read) Taken(EmulatorHost host)
    {
        var calls = host.Wire.All;
        host.Wire.Forget();
        return (calls.Count, calls.Sum(RequestUnits.Written), calls.Sum(RequestUnits.Read));
    }

    private void Compare(string what, (int Calls, double Written, double Read) measured, JsonElement stated)
    {
        output.WriteLine($"{what}: {measured.Calls} calls, {measured.Written} write units, {measured.Read} read units");
        Assert.InRange(measured.Calls, 1, stated.Member("calls").GetInt32());
        Assert.InRange(stated.Member("writeUnits").GetDouble(), measured.Written * 0.9, measured.Written * 1.1);

        // Whether people gave orders is asked once in five seconds: an event that comes sooner asks nothing.
        Assert.InRange(stated.Member("readUnits").GetDouble(), measured.Read * 0.9, (measured.Read + 1) * 1.1);
    }
}
