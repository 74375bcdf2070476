using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Remediator.Aws;
using Remediator.Aws.Sdk;
using Remediator.Function.Tracing;
using Remediator.Tests.Aws.Conformance;
using Remediator.Values;

namespace Remediator.Tests.Function;

/// <summary>An invocation that Lambda traces shows what it called; any other costs nothing, and no value of a call is shown.</summary>
public sealed class TracingTests : IDisposable
{
    private const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:b";
    private readonly UdpClient daemon = new(new IPEndPoint(IPAddress.Loopback, 0));

    public void Dispose() => daemon.Dispose();

    [Fact]
    public async Task Calls_of_either_client_are_below_the_invocation_that_Lambda_traces()
    {
        using var wire = new CannedWire(new CannedAnswer(
            200,
            [],
            "<R><GetCallerIdentityResult><Account>secret-account</Account></GetCallerIdentityResult></R>"u8.ToArray()));
        await using var run = Run(async () =>
        {
            using var aws = new AwsClient(new BasicAWSCredentials("key", "secret"), "eu-west-1", new() { HttpHandler = wire });
            await aws.CallAsync("sts:GetCallerIdentity", Json.EmptyObject, default);
        });

        await run.InvokeAsync("{}");

        var call = await SegmentAsync();
        var invocation = await SegmentAsync();
        Assert.Equal(("sts", "subsegment", "aws"), (call.TextOf("name"), call.TextOf("type"), call.TextOf("namespace")));
        Assert.Equal("1-5759e988-bd862e3fe1be46a994272793", call.TextOf("trace_id"));
        Assert.Equal(("GetCallerIdentity", "eu-west-1"), (call.Member("aws").TextOf("operation"), call.Member("aws").TextOf("region")));
        Assert.Equal(200, call.Member("http").Member("response").Member("status").GetInt32());
        Assert.Equal(invocation.TextOf("id"), call.TextOf("parent_id"));
        Assert.Equal(("invocation", "53995c3f42cd8ad8"), (invocation.TextOf("name"), invocation.TextOf("parent_id")));
        Assert.True(call.Member("end_time").GetDouble() >= call.Member("start_time").GetDouble());
        Assert.DoesNotContain("secret", call.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(wire.Sent, s => s.Headers.Any(h => h.Key.Equals("traceparent", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Call_of_the_SDK_that_fails_is_a_fault_by_its_name()
    {
        await using var run = Run(async () =>
        {
            using var dynamo = new AmazonDynamoDBClient(
                new BasicAWSCredentials("key", "secret"),
                new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:1", AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
            await dynamo.GetItemAsync("journal", new() { ["pk"] = new("secret-key") });
        });

        await run.InvokeAsync("{}");

        var call = await SegmentAsync();
        Assert.Equal(("dynamodb", "GetItem"), (call.TextOf("name"), call.Member("aws").TextOf("operation")));
        Assert.True(call.Member("fault").GetBoolean());
        Assert.NotEmpty(call.Member("cause").Member("exceptions")[0].TextOf("type")!);
        Assert.DoesNotContain("secret", call.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "Throttling", "throttle")]
    [InlineData(403, "AccessDenied", "error")]
    [InlineData(500, "InternalFailure", "fault")]
    public async Task Refused_call_is_the_callers_error_or_the_services_fault(int status, string code, string word)
    {
        using var wire = new CannedWire(new CannedAnswer(
            status,
            [],
            Encoding.UTF8.GetBytes($"<ErrorResponse><Error><Code>{code}</Code><Message>secret</Message></Error></ErrorResponse>")));
        await using var run = Run(async () =>
        {
            using var aws = new AwsClient(
                new BasicAWSCredentials("key", "secret"), "eu-west-1", new() { HttpHandler = wire, MaxAttempts = 1 });
            await Assert.ThrowsAsync<AwsException>(() => aws.CallAsync("sts:GetCallerIdentity", Json.EmptyObject, default));
        });

        await run.InvokeAsync("{}");

        var call = await SegmentAsync();
        Assert.True(call.Member(word).GetBoolean());
        Assert.Equal(code, call.Member("cause").Member("exceptions")[0].TextOf("type"));
        Assert.DoesNotContain("secret", call.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1")]
    [InlineData("Root=1-5759e988bd862e3fe1be46a994272793aa;Parent=53995c3f42cd8ad8;Sampled=1")]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")]
    [InlineData("Root=1-zzzze988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")]
    [InlineData("Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=1")]
    [InlineData(";;Root=;Parent=;Sampled=1")]
    [InlineData("")]
    public async Task What_is_not_traced_or_not_a_trace_is_sent_nowhere(string header)
    {
        Assert.Null(TraceHeader.Read(header));
        await using (var run = Run(() => Task.CompletedTask, header.Length > 0 ? header : "Sampled=1"))
        {
            Assert.False((await run.InvokeAsync("{}")).IsError);
            await run.StopAsync();
        }

        await using var traced = Run(() => Task.CompletedTask);

        await traced.InvokeAsync("{}");

        // The only one: what came before it would have been received before it.
        Assert.Equal("1-5759e988-bd862e3fe1be46a994272793", (await SegmentAsync()).TextOf("trace_id"));
        Assert.Equal(0, daemon.Available);
    }

    [Fact]
    public async Task Event_says_how_it_ended_and_of_which_incident()
    {
        using var listening = XRayDaemon.Start(Address, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        using (Spans.Of(new("id", DateTimeOffset.UtcNow, "", Trace, default)))
        using (var span = Spans.OfEvent())
        {
            span!.SetTag(Spans.Outcome, "fixed").SetTag(Spans.Incident, "01AB-CD2E-3F4G");
        }

        var annotations = (await SegmentAsync()).Member("annotations");
        Assert.Equal(("fixed", "01AB-CD2E-3F4G"), (annotations.TextOf("outcome"), annotations.TextOf("incident")));
    }

    [Theory]
    [InlineData("xray", "nowhere", 0)]
    [InlineData("xray", "", 0)]
    [InlineData("off", "127.0.0.1:2000", 0)]
    [InlineData("jaeger", "127.0.0.1:2000", 1)]
    public async Task Daemon_without_an_address_stops_no_work_and_a_wrong_setting_is_named(string traces, string address, int exit)
    {
        var environment = new Dictionary<string, string>(Some.Environment)
        {
            ["REMEDIATOR_TRACES"] = traces,
            ["AWS_XRAY_DAEMON_ADDRESS"] = address,
        };
        await using var run = new FunctionRun(environment, _ => new Answering(() => Task.CompletedTask));
        if (exit > 0)
        {
            Assert.Equal(exit, await run.ExitAsync());
            Assert.Contains(run.Lines(), l => l.GetRawText().Contains("REMEDIATOR_TRACES", StringComparison.Ordinal));
            return;
        }

        Assert.False((await run.InvokeAsync("{}")).IsError);
    }

    private string? Address(string variable) => variable is "AWS_XRAY_DAEMON_ADDRESS" ? $"{daemon.Client.LocalEndPoint}" : null;

    private FunctionRun Run(Func<Task> work, string trace = Trace) => new(
        new Dictionary<string, string>(Some.Environment)
        {
            ["REMEDIATOR_TRACES"] = "xray",
            ["AWS_XRAY_DAEMON_ADDRESS"] = $"tcp:127.0.0.1:1 udp:{daemon.Client.LocalEndPoint}",
        },
        _ => new Answering(work),
        api => api.Trace = () => trace);

    private async Task<JsonElement> SegmentAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var lines = Encoding.UTF8.GetString((await daemon.ReceiveAsync(patience.Token)).Buffer).Split('\n');
        Assert.Equal("""{"format":"json","version":1}""", lines[0]);
        return Json.Parse(lines[1]);
    }

    private sealed class Answering(Func<Task> work) : Remediator.Function.Handlers.IHandler
    {
        public async Task<ReadOnlyMemory<byte>> HandleAsync(Remediator.Function.Runtime.Invocation invocation, CancellationToken ct)
        {
            await work();
            return "{}"u8.ToArray();
        }
    }
}
