using Microsoft.Extensions.Logging;

namespace Remediator.Function.Logging;

internal static class LogLevels
{
    /// <summary>The names that the log level's setting takes.</summary>
    public static readonly IReadOnlyDictionary<string, LogLevel> ByName = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
    };

    /// <summary>The names that Lambda's own JSON logs use, so that one query finds both.</summary>
    public static string LambdaName(this LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };
}
