using Microsoft.Extensions.Logging;

namespace Remediator.Function.Logging;

/// <summary>What the process says of itself: logs and metrics, on one output.</summary>
internal sealed record Telemetry(ILoggerFactory Logs, Metrics Metrics)
{
    /// <remarks>
    /// Made before the settings are checked, so that a bad setting can be logged: an unknown log level counts as the usual one.
    /// </remarks>
    public static Telemetry Of(Outside outside)
    {
        var lines = new JsonLines(outside.Output);
        var level = LogLevels.ByName.GetValueOrDefault(outside.Environment(Settings.LogLevelVariable) ?? "", LogLevel.Information);
        var environment = outside.Environment(Settings.EnvironmentVariable) is { Length: > 0 } name ? name : Settings.DefaultEnvironment;
        return new Telemetry(new JsonLoggerFactory(level, lines, outside.Clock), new Metrics(environment, lines, outside.Clock));
    }
}
