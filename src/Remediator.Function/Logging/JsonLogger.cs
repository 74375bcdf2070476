using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Remediator.Function.Logging;

/// <summary>
/// A logger that writes <c>timestamp, level, logger, eventId, event, message, the scopes' members, fields, exception</c>.
/// </summary>
internal sealed class JsonLogger(string category, LogLevel least, IExternalScopeProvider scopes, JsonLines lines, TimeProvider clock)
    : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel is not LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var message = formatter(state, exception);
        lines.Write(state, (json, fields) =>
        {
            WriteHead(json, logLevel, eventId, message);
            scopes.ForEachScope(LogFields.WriteScope, json);
            LogFields.WriteFields(json, fields);
            LogFields.WriteException(json, exception);
        });
    }

    private void WriteHead(Utf8JsonWriter json, LogLevel level, EventId eventId, string message)
    {
        json.WriteString("timestamp"u8, clock.GetUtcNow().UtcDateTime);
        json.WriteString("level"u8, level.LambdaName());
        json.WriteString("logger"u8, category);
        json.WriteNumber("eventId"u8, eventId.Id);
        if (eventId.Name is { Length: > 0 } name)
        {
            json.WriteString("event"u8, name);
        }

        json.WriteString("message"u8, message);
    }
}
