using System.Net;
using System.Net.Sockets;

namespace Remediator.Emulator;

/// <summary>An HTTP listener on a free port of this machine, which answers requests, several at once, until it is disposed.</summary>
/// <remarks>Where a client ends during the exchange its connection is cut; whoever waits for it reports that.</remarks>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly HttpListener listener;
    // Never disposed: whoever stops a server twice means no harm.
    private readonly CancellationTokenSource closing = new();
    private readonly Task serving;

    private LoopbackListener(HttpListener listener, string address, Func<HttpListenerContext, Task> answer)
    {
        (this.listener, Address) = (listener, address);
        serving = ServeAsync(answer);
    }

    /// <summary>The host and the port.</summary>
    public string Address { get; }

    public Uri Url => new($"http://{Address}/");

    public static LoopbackListener Start(Func<HttpListenerContext, Task> answer)
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = $"127.0.0.1:{FreePort()}";
            var listener = new HttpListener { Prefixes = { $"http://{address}/" }, IgnoreWriteExceptions = true };
            try
            {
                listener.Start();
                return new(listener, address, answer);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Another process took the port between the choice and the start of listening.
                listener.Close();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Close();
        await serving;
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        try
        {
            while (true)
            {
                // A request that arrives while the listener is closed takes the wait with it, which then never ends by itself.
                _ = AnswerOrAbortAsync(await listener.GetContextAsync().WaitAsync(closing.Token), answer);
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or HttpListenerException)
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
