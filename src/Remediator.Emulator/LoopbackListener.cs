using System.Net;
using System.Net.Sockets;

namespace Remediator.Emulator;

/// <summary>An HTTP listener on a free port of this machine, which answers requests, several at once, until it is disposed.</summary>
/// <remarks>
/// <para>Where a client ends during the exchange its connection is cut; whoever waits for it reports that.</para>
/// <para>
/// The listener of .NET beneath stays open until the process ends, and cuts what comes after the end of this one. Closed while a request
/// arrives it may lose the wait for the next one, which then never ends, or throw where nobody can catch it, which ends the process.
/// </para>
/// </remarks>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly HttpListener listener;
    private readonly Task serving;
    private volatile Func<HttpListenerContext, Task> answer;

    private LoopbackListener(HttpListener listener, string address, Func<HttpListenerContext, Task> answer)
    {
        (this.listener, Address, this.answer) = (listener, address, answer);
        serving = ServeAsync();
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
        answer = CutAsync;
        if (serving.IsCompleted)
        {
            await serving;
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            _ = AnswerOrAbortAsync(await listener.GetContextAsync());
        }
    }

    /// <summary>
    /// Closes the connection during a response to a request that was not carried out: closed before the first byte, it would be an empty
    /// 200.
    /// </summary>
    public static async Task CutAsync(HttpListenerContext context)
    {
        context.Response.ContentLength64 = 2;
        await context.Response.OutputStream.WriteAsync(new byte[1]);
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    }

    private async Task AnswerOrAbortAsync(HttpListenerContext context)
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
