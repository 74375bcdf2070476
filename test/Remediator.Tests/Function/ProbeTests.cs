using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Intake;
using Remediator.Testing;
using Remediator.Tests.Intake;
using Remediator.Values;

namespace Remediator.Tests.Function;

/// <summary>An event of the command doctor leaves a log line and nothing else: no incident, and no failed message.</summary>
public sealed class ProbeTests
{
    private const string Id = "0196f0a0-0000-7000-8000-000000000000";

    [Theory]
    [InlineData($$""","region":"eu-west-1","account":"222222222222","detail":{"probe":"{{Id}}"} """, Id, "222222222222")]
    [InlineData(""","detail":{"probe":"two lines"},"account":"the-account","region":7""", "unknown", "unknown")]
    [InlineData(""","detail":"none" """, "unknown", "unknown")]
    [InlineData("", "unknown", "unknown")]
    public async Task Probe_with_any_content_is_handled_and_counted(string members, string id, string account)
    {
        using var output = new MemoryStream();
        var clock = new TestClock();
        var metrics = new Metrics("test", new JsonLines(output), clock);
        var processor = new RecordProcessor(null!, null!, metrics, clock, NullLogger<RecordProcessor>.Instance);
        var body = $$"""{"source":"{{Received.ProbeSource}}"{{members}}}""";

        await processor.ProcessAsync(new QueueRecord("m1", body, 1, "queue"), CancellationToken.None);

        var line = JsonElement.Parse(Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(
            (1, id, account), (line.Member(RecordProcessor.ProbesMetric).GetInt32(), line.TextOf("probe"), line.TextOf("account")));
    }

    [Fact]
    public void Any_other_source_is_refused_as_before()
    {
        var body = Encoding.UTF8.GetBytes("""{"source":"remediator.doctors","detail-type":"Config Rules Compliance Change"}""");

        Assert.IsType<Received.Rejected>(EventReader.Read(body, EventReaderTests.Now));
    }
}
