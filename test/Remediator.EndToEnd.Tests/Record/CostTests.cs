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

    /// <summary>Every request of the process, in order; the first event of a process asks more.</summary>
    [Fact]
    public async Task A_fixed_event_of_a_setting_that_one_call_reads_and_one_writes_has_eight_calls_and_one_more_for_each_guard()
    {
        await using var host = await EmulatorHost.StartAsync(world, await PublishedFunction.NativeAsync());
        var (guarded, plain) = (await host.RuleAsync(PublicAccess), await host.RuleAsync("S3_BUCKET_VERSIONING_ENABLED"));

        var withGuard = await CallsAsync(host, guarded, "s3:GetPublicAccessBlock");
        var without = await CallsAsync(host, plain, "s3:GetBucketVersioning");

        Assert.Equal(
            [
                "dynamodb:TransactWriteItems", "s3:GetBucketVersioning", "resourcegroupstaggingapi:GetResources", "sts:AssumeRole",
                "dynamodb:TransactWriteItems", "s3:PutBucketVersioning", "s3:GetBucketVersioning", "dynamodb:TransactWriteItems",
            ],
            without);
        Assert.Equal(
            [
                "dynamodb:TransactWriteItems", "s3:GetPublicAccessBlock", "s3:GetBucketWebsite", "resourcegroupstaggingapi:GetResources",
                "sts:AssumeRole", "dynamodb:TransactWriteItems", "s3:PutPublicAccessBlock", "s3:GetPublicAccessBlock",
                "dynamodb:TransactWriteItems",
            ],
            withGuard);
    }

    private static async Task<IEnumerable<string>> CallsAsync(EmulatorHost host, RuleRef rule, string read)
    {
        foreach (var bucket in new[] { "first", "second" })
        {
            host.Wire.Forget();
            var resource = await host.BucketAsync($"{bucket}-{read.Split("Get")[1].ToLowerInvariant()}", HalfBlocked);
            AssertOutcome("fixed", await host.SendAsync(Some.Change(rule, resource, host.Now)));
        }

        // Whether people gave orders is asked once in five seconds, not for each event.
        return host.Wire.All.Select(c => c.Operation).Where(o => o is not "dynamodb:GetItem");
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
