using System.Net.Security;
using System.Net.Sockets;
using Remediator.Aws.Sdk;

namespace Remediator.Aws.Transport;

/// <summary>
/// Sends requests and reads answers on the caller's thread, which waits in the system's calls. A function has nothing else to do
/// meanwhile: asynchronous input and output would wake two or three other threads for each call, which costs a warm event a seventh of its
/// processor time. The task it returns has always ended; whoever wants two calls at once starts each on a thread of its own.
/// </summary>
public sealed class BlockingHandler : HttpMessageHandler
{
    private static readonly HttpRequestOptionsKey<BlockingStream> Connection = new("Remediator.Connection");

    private readonly TimeSpan longestSilence;
    private readonly HttpMessageInvoker sockets;

    /// <param name="sockets">The pool of connections; its ways to connect are set here.</param>
    /// <param name="longestSilence">How long one read or write may wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    public BlockingHandler(SocketsHttpHandler sockets, TimeSpan longestSilence)
    {
        this.longestSilence = longestSilence;
        sockets.ConnectCallback = Connect;
        sockets.PlaintextStreamFilter = static (context, _) => new(Encrypted(context) ?? context.PlaintextStream);
        this.sockets = new HttpMessageInvoker(sockets);
    }

    /// <summary>For calls of AWS, whose connections the client makes in the same way.</summary>
    public static BlockingHandler ForAws() => new(SharedHttp.NewSockets(), new AwsClientOptions().AttemptTimeout);

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = sockets.Send(request, cancellationToken);
        try
        {
            response.Content = ResponseBody.Read(response.Content, WebCall.MostBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Send(request, cancellationToken));
        }
        catch (OperationCanceledException canceled)
        {
            return Task.FromCanceled<HttpResponseMessage>(canceled.CancellationToken.IsCancellationRequested
                ? canceled.CancellationToken
                : new CancellationToken(canceled: true));
        }
        catch (Exception fault)
        {
            return Task.FromException<HttpResponseMessage>(fault);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            sockets.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (longestSilence != Timeout.InfiniteTimeSpan)
            {
                socket.ReceiveTimeout = socket.SendTimeout = (int)longestSilence.TotalMilliseconds;
            }

            using (ct.UnsafeRegister(static socket => ((Socket)socket!).Dispose(), socket))
            {
                socket.Connect(context.DnsEndPoint);
            }

            ct.ThrowIfCancellationRequested();
            return new(Stream(socket, context));
        }
        catch (Exception fault)
        {
            socket.Dispose();
            return ValueTask.FromException<Stream>(ct.IsCancellationRequested ? new OperationCanceledException(ct) : fault);
        }
    }

    // Behind a proxy the connection belongs to a tunnel, over which only .NET knows when the handshake is over.
    private static NetworkStream Stream(Socket socket, SocketsHttpConnectionContext context)
    {
        var request = context.InitialRequestMessage;
        if (request.RequestUri is not { } url || url.IdnHost != context.DnsEndPoint.Host || url.Port != context.DnsEndPoint.Port)
        {
            return new NetworkStream(socket, ownsSocket: true);
        }

        var stream = new BlockingStream(socket);
        request.Options.Set(Connection, stream);
        return stream;
    }

    private static TlsStream? Encrypted(SocketsHttpPlaintextStreamFilterContext context)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(Connection, out var connection))
        {
            return null;
        }

        connection.IsOpen = true;
        return context.PlaintextStream is SslStream tls ? new TlsStream(tls, connection) : null;
    }
}
