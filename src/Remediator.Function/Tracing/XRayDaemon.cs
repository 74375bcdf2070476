using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Remediator.Aws.Sdk;

namespace Remediator.Function.Tracing;

/// <summary>
/// Sends the spans of recorded invocations to X-Ray's daemon, which Lambda runs beside a function, by UDP: nothing waits for it, and a
/// span that is lost costs no event.
/// </summary>
internal sealed partial class XRayDaemon : IDisposable
{
    // Its value is address:port, or that of each protocol: "tcp:… udp:…".
    private const string AddressVariable = "AWS_XRAY_DAEMON_ADDRESS";
    private const string Udp = "udp:";

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint address;
    private readonly ILogger log;
    private readonly ActivityListener listener;
    private int isSilent;

    private XRayDaemon(IPEndPoint address, ILogger log)
    {
        (this.address, this.log) = (address, log);
        listener = new()
        {
            // By name: a source asks while it is being made.
            ShouldListenTo = source => source.Name is Spans.SourceName or CallTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> span) => span.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None,
            ActivityStopped = Send,
        };
    }

    /// <summary>From now on, for the AWS clients that are made later; null where the daemon has no address.</summary>
    public static XRayDaemon? Start(Func<string, string?> environment, ILogger log)
    {
        var given = environment(AddressVariable) ?? "";
        var udp = Array.Find(given.Split(' '), p => p.StartsWith(Udp, StringComparison.Ordinal))?[Udp.Length..] ?? given;
        if (!IPEndPoint.TryParse(udp, out var address))
        {
            Log.NoAddress(log, AddressVariable, given);
            return null;
        }

        var daemon = new XRayDaemon(address, log);

        // Trace headers of the W3C mean nothing to AWS, and no call needs one.
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        CallTracing.Register();
        ActivitySource.AddActivityListener(daemon.listener);
        return daemon;
    }

    public void Dispose()
    {
        listener.Dispose();
        socket.Dispose();
    }

    private void Send(Activity span)
    {
        try
        {
            socket.SendTo(Subsegment.Of(span), address);
        }
        catch (SocketException e)
        {
            // Once: it would be said of every call.
            if (Interlocked.Exchange(ref isSilent, 1) == 0)
            {
                Log.Lost(log, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8004, LogLevel.Warning, "{Variable} is no address and port ({Value}): nothing is traced")]
        public static partial void NoAddress(ILogger log, string variable, string value);

        [LoggerMessage(8003, LogLevel.Warning, "Spans cannot be sent to X-Ray's daemon; the work goes on without them")]
        public static partial void Lost(ILogger log, Exception fault);
    }
}
