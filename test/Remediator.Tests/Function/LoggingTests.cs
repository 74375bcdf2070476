using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Remediator.Aws;
using Remediator.Function;
using Remediator.Function.Logging;
using Remediator.Function.Runtime;
using Remediator.Playbooks;

namespace Remediator.Tests.Function;

public sealed class LoggingTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-10-02T07:03:47.5Z", null);

    private readonly MemoryStream output = new();

    [Fact]
    public void A_line_is_one_object_with_the_scopes_and_the_fields()
    {
        var log = Telemetry().Logs.CreateLogger("Remediator.Pipeline");

        using (log.BeginScope(new RequestScope("r-1")))
        using (log.BeginScope("plain"))
        {
            log.Log(
                LogLevel.Warning,
                new EventId(3001, "Applying"),
                Fields(("Operation", "s3:X"), ("Attempt", 2), ("Why", null)),
                null,
                Message);
        }

        Assert.Equal(
            Line(
                """{"timestamp":"2026-10-02T07:03:47.5Z","level":"WARN","logger":"Remediator.Pipeline",""",
                """ "eventId":3001,"event":"Applying","message":"two\nlines \"quoted\" ž","requestId":"r-1",""",
                """ "fields":{"Operation":"s3:X","Attempt":2,"Why":null}}"""),
            Written());
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData("debug", true, true)]
    [InlineData("Error", false, false)]
    public void The_setting_filters_by_level(string? level, bool debug, bool warning)
    {
        var log = Telemetry(level).Logs.CreateLogger("x");

        Assert.Equal(debug, log.IsEnabled(LogLevel.Debug));
        Assert.Equal(warning, log.IsEnabled(LogLevel.Warning));
        Assert.False(log.IsEnabled(LogLevel.None));
    }

    [Fact]
    public void Below_the_level_nothing_is_written()
    {
        var fields = Fields(("Operation", "s3:X"));

        Telemetry().Logs.CreateLogger("x").Log(LogLevel.Debug, new EventId(1), fields, null, Message);

        Assert.Empty(Written());
    }

    [Fact]
    public void Lines_of_many_threads_do_not_mix()
    {
        var log = Telemetry().Logs.CreateLogger("x");
        var fields = Fields(("Operation", "s3:X"));
        var fault = new InvalidOperationException("e");

        Parallel.For(0, 500, n =>
        {
            var id = new EventId(n);
            log.Log(LogLevel.Error, id, fields, fault, Message);
        });

        var ids = Written().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line).GetProperty("eventId").GetInt32());
        Assert.Equal(Enumerable.Range(0, 500), ids.Order());
    }

    [Fact]
    public void A_metric_line_follows_the_embedded_metric_format()
    {
        Telemetry().Metrics.Write(
            [Metric.Count("Fixed"), Metric.Milliseconds("TimeToFix", TimeSpan.FromSeconds(1.5))],
            [new("Playbook", "s3/public-access")],
            [new("incident", "i-1")]);

        Assert.Equal(
            Line(
                """{"_aws":{"Timestamp":1790924627500,"CloudWatchMetrics":[{"Namespace":"Remediator",""",
                """ "Dimensions":[["Environment"],["Environment","Playbook"]],""",
                """ "Metrics":[{"Name":"Fixed","Unit":"Count"},{"Name":"TimeToFix","Unit":"Milliseconds"}]}]},""",
                """ "Environment":"prod","Playbook":"s3/public-access","incident":"i-1","Fixed":1,"TimeToFix":1500}"""),
            Written());
    }

    public void Dispose() => output.Dispose();

    /// <summary>One line of the log, from its parts.</summary>
    private static string Line(params string[] parts) => string.Concat(parts.Select(p => p.TrimStart())) + '\n';

    private Telemetry Telemetry(string? level = null)
    {
        var environment = new Dictionary<string, string?> { ["REMEDIATOR_ENVIRONMENT"] = "prod", ["REMEDIATOR_LOG_LEVEL"] = level };
        return Remediator.Function.Logging.Telemetry.Of(
            new Outside(new HttpClient(), environment.GetValueOrDefault, output, new FakeTimeProvider(Now)));
    }

    private string Written() => Encoding.UTF8.GetString(output.ToArray());

    private static string Message<T>(T state, Exception? fault) => "two\nlines \"quoted\" ž";

    private static KeyValuePair<string, object?>[] Fields(params (string Name, object? Value)[] fields) =>
        [.. fields.Select(field => new KeyValuePair<string, object?>(field.Name, field.Value)), new("{OriginalFormat}", "template")];
}
