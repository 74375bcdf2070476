using System.Net;
using System.Net.Sockets;

namespace Remediator.Emulator;

/// <summary>An HTTP listener on a free port of this machine.</summary>
internal static class LoopbackListener
{
    public static (HttpListener Listener, string Address) Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = $"127.0.0.1:{FreePort()}";
            var listener = new HttpListener { Prefixes = { $"http://{address}/" }, IgnoreWriteExceptions = true };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Another process took the port between the choice and the start of listening.
                listener.Close();
            }
        }
    }

    /// <summary>
    /// Answers requests, several at once, until the listener is closed. Where a client ends during the exchange its connection is cut;
    /// whoever waits for it reports that.
    /// </summary>
    public static async Task ServeAsync(HttpListener listener, Func<HttpListenerContext, Task> answer)
    {
        try
        {
            while (true)
            {
                _ = AnswerOrAbortAsync(await listener.GetContextAsync(), answer);
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or HttpListenerException)
        {
            // The listener was closed, which ends the loop.
        }
    }

    private static async Task AnswerOrAbortAsync(HttpListenerContext context, Func<HttpListenerContext, Task> answer)
    {
        try
        {
            await answer(context);
        }
        catch (Exception gone) when (gone is IOException or HttpListenerException or ObjectDisposedException or HttpRequestException)
        {
            context.Response.Abort();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
