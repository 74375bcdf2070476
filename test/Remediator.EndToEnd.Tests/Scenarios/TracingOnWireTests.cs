using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Remediator.EndToEnd.Tests.Publishing;
using Remediator.Testing;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>The published function, traced: what is cut from a native build shows here.</summary>
[Collection(InTheWorld.Name)]
[Trait("Category", "Emulator")]
public sealed class TracingOnWireTests(World world)
{
    private const string Header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    [Fact]
    public async Task Trace_of_a_fix_shows_the_event_with_its_outcome_and_each_call_that_went_over_the_wire()
    {
        using var daemon = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var host = await EmulatorHost.StartAsync(world, await PublishedFunction.NativeAsync());
        host.Service.TraceDaemon = $"{daemon.Client.LocalEndPoint}";
        host.Service.Process("remediate").TraceAs(Header);
        var rule = await host.RuleAsync(PublicAccess);
        var bucket = await host.BucketAsync("traced", HalfBlocked);
        host.Wire.Forget();

        var ended = await host.SendAsync(Some.Change(rule, bucket, host.Now));

        AssertOutcome("fixed", ended);
        var spans = await SpansAsync(daemon);
        var calls = spans.Where(s => s.TextOf("namespace") is "aws").ToList();
        Assert.Equal(
            host.Wire.All.Select(c => c.Operation[(c.Operation.IndexOf(':', StringComparison.Ordinal) + 1)..]).Order(),
            calls.Select(s => s.Member("aws").TextOf("operation")).Order());
        var work = Assert.Single(spans, s => s.TextOf("name") is "event");
        var annotations = work.Member("annotations");
        Assert.Equal(("fixed", ended.Incident), (annotations.TextOf("outcome"), annotations.TextOf("incident")));
        Assert.All(spans, s => Assert.Equal("1-5759e988-bd862e3fe1be46a994272793", s.TextOf("trace_id")));
        Assert.DoesNotContain(spans, s => s.GetRawText().Contains(bucket.Id, StringComparison.Ordinal));
    }

    /// <summary>Up to that of the invocation, which is sent last.</summary>
    private static async Task<List<JsonElement>> SpansAsync(UdpClient daemon)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var spans = new List<JsonElement>();
        do
        {
            spans.Add(Json.Parse(Encoding.UTF8.GetString((await daemon.ReceiveAsync(patience.Token)).Buffer).Split('\n')[1]));
        }
        while (spans[^1].TextOf("name") is not "invocation");
        return spans;
    }
}
