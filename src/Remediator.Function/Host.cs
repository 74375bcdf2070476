using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Remediator.Aws.Transport;
using Remediator.Function.Handlers;
using Remediator.Function.Logging;
using Remediator.Function.Runtime;
using Remediator.Function.Tracing;

namespace Remediator.Function;

/// <summary>The process: settings, the handler they name, and the loop; its exit code says how it ended.</summary>
/// <remarks>
/// 0: asked to stop, and stopped. 1: could not start; Lambda was told why. 2: the Runtime API is in a state that AWS documents as
/// not recoverable, so that Lambda starts a new process.
/// </remarks>
internal static partial class Host
{
    internal const int Stopped = 0;
    internal const int InitFailed = 1;
    internal const int RuntimeFailed = 2;

    public static async Task<int> RunAsync(HttpClient? http, CancellationToken ct)
    {
        using var own = http is null ? NewClient() : null;
        // Never disposed: a signal that came just before the end may still be on its way to it.
        var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Lambda gives about two seconds between this signal and the end: enough to hand back what is not done.
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopping.Cancel();
        });
        await using var output = Console.OpenStandardOutput();
        var outside = new Outside(http ?? own!, Environment.GetEnvironmentVariable, output, TimeProvider.System);
        return await RunAsync(outside, HandlerComposition.Compose, stopping.Token);
    }

    internal static async Task<int> RunAsync(Outside outside, Func<Settings, Telemetry, Outside, IHandler> compose, CancellationToken ct)
    {
        if (outside.Environment(Settings.RuntimeApiVariable) is not { Length: > 0 } address)
        {
            await Console.Error.WriteLineAsync(
                $"{Settings.RuntimeApiVariable} is not set: this program is started by AWS Lambda, or by something that speaks its "
                + "Runtime API."
            );
            return InitFailed;
        }

        var api = new RuntimeApi(outside.Http, address);
        var telemetry = Telemetry.Of(outside);
        var log = telemetry.Logs.CreateLogger("Remediator.Function.Host");
        XRayDaemon? daemon = null;
        try
        {
            Log.Starting(log, BuildVersion.Text);
            var handler = await InitialiseAsync();
            if (handler is null)
            {
                return InitFailed;
            }

            await new RuntimeLoop(api, handler, telemetry.Logs, outside.Clock).RunAsync(ct);
            return Stopped;
        }
        catch (Exception fault) when (fault is RuntimeApiException or HttpRequestException)
        {
            Log.RuntimeApiLost(log, fault);
            return RuntimeFailed;
        }
        finally
        {
            daemon?.Dispose();
        }

        async Task<IHandler?> InitialiseAsync()
        {
            try
            {
                var settings = Settings.Read(outside.Environment);
                daemon = settings.IsTraced ? XRayDaemon.Start(outside.Environment, log) : null;
                return compose(settings, telemetry, outside);
            }
            catch (Exception fault)
            {
                Log.InitFailed(log, fault);
                await api.ReportInitErrorAsync(RuntimeError.OfInit(fault), CancellationToken.None);
                return null;
            }
        }
    }

    private static HttpClient NewClient() => new(new BlockingHandler(RuntimeConnections(), Timeout.InfiniteTimeSpan))
    {
        // The next invocation may be hours away, and Lambda freezes the process in between.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static SocketsHttpHandler RuntimeConnections() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
    };

    private static partial class Log
    {
        [LoggerMessage(8000, LogLevel.Information, "Remediator {Version} starts")]
        public static partial void Starting(ILogger log, string version);

        [LoggerMessage(8001, LogLevel.Critical, "The function cannot start")]
        public static partial void InitFailed(ILogger log, Exception fault);

        [LoggerMessage(8002, LogLevel.Critical, "The Runtime API is lost; the process ends")]
        public static partial void RuntimeApiLost(ILogger log, Exception fault);
    }
}
