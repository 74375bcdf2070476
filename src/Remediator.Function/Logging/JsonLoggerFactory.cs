using Microsoft.Extensions.Logging;

namespace Remediator.Function.Logging;

/// <summary>Loggers that share one output, one least level and one set of scopes.</summary>
internal sealed class JsonLoggerFactory(LogLevel least, JsonLines lines, TimeProvider clock) : ILoggerFactory
{
    private readonly LoggerExternalScopeProvider scopes = new();

    public ILogger CreateLogger(string categoryName) => new JsonLogger(categoryName, least, scopes, lines, clock);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log lines go to standard output only.");

    public void Dispose()
    {
        // The output belongs to whoever gave it.
    }
}
