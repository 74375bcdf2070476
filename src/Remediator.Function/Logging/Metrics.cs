using System.Text.Json;

namespace Remediator.Function.Logging;

/// <summary>Writes metrics as lines in CloudWatch's embedded metric format, which cost no call.</summary>
/// <remarks>
/// Each line counts twice: once by <c>Environment</c> alone, which alarms watch, and once by <c>Environment</c> with the line's own
/// dimensions. What has many values (incident, resource) belongs among the properties, which can be searched and cost nothing.
/// </remarks>
internal sealed class Metrics(string environment, JsonLines lines, TimeProvider clock)
{
    internal const string Namespace = "Remediator";

    private const string EnvironmentName = "Environment";

    /// <param name="metrics">At most 100 of them, by the format's own limit.</param>
    /// <param name="dimensions">At most 29; each distinct set of values is a metric that is billed.</param>
    /// <param name="properties">Searchable in the logs only.</param>
    public void Write(
        IReadOnlyList<Metric> metrics,
        IReadOnlyList<KeyValuePair<string, string>> dimensions,
        IReadOnlyList<KeyValuePair<string, string>> properties) =>
        lines.Write((Environment: environment, Clock: clock, metrics, dimensions, properties), static (json, line) =>
        {
            WriteDirective(json, line.Clock.GetUtcNow(), line.metrics, line.dimensions);
            json.WriteString(EnvironmentName, line.Environment);
            WriteAll(json, line.dimensions);
            WriteAll(json, line.properties);
            foreach (var metric in line.metrics)
            {
                json.WriteNumber(metric.Name, metric.Value);
            }
        });

    private static void WriteDirective(
        Utf8JsonWriter json, DateTimeOffset at, IReadOnlyList<Metric> metrics, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        json.WriteStartObject("_aws"u8);
        json.WriteNumber("Timestamp"u8, at.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics"u8);
        json.WriteStartObject();
        json.WriteString("Namespace"u8, Namespace);
        WriteDimensions(json, dimensions);
        WriteDefinitions(json, metrics);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDimensions(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        json.WriteStartArray("Dimensions"u8);
        json.WriteStartArray();
        json.WriteStringValue(EnvironmentName);
        json.WriteEndArray();
        if (dimensions.Count > 0)
        {
            json.WriteStartArray();
            json.WriteStringValue(EnvironmentName);
            foreach (var (name, _) in dimensions)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteDefinitions(Utf8JsonWriter json, IReadOnlyList<Metric> metrics)
    {
        json.WriteStartArray("Metrics"u8);
        foreach (var metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, metric.Name);
            json.WriteString("Unit"u8, metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        foreach (var (name, value) in pairs)
        {
            json.WriteString(name, value);
        }
    }
}
