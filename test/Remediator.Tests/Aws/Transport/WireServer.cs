using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Remediator.Tests.Aws.Transport;

/// <summary>A server that keeps its connections, with TLS or without, and sends bytes as they are given.</summary>
internal sealed class WireServer : IDisposable
{
    private static readonly X509Certificate2 Certificate = NewCertificate();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly bool isEncrypted;
    private readonly Func<string, string?> answer;
    private int connections;

    /// <param name="answer">The answer to a path: null for none at all, the empty string to close the connection.</param>
    public WireServer(bool isEncrypted, Func<string, string?> answer)
    {
        this.isEncrypted = isEncrypted;
        this.answer = answer;
        listener.Start();
        Url = new Uri($"{(isEncrypted ? "https" : "http")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public int Connections => Volatile.Read(ref connections);

    public void Dispose()
    {
        ended.Cancel();
        listener.Dispose();
    }

    public static bool IsIts(X509Certificate? given) => given is not null && given.Equals(Certificate);

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(ended.Token);
                Interlocked.Increment(ref connections);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return;
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = await OpenAsync(socket);
            while (await RequestAsync(stream) is { } path)
            {
                if (answer(path) is not { } text)
                {
                    await Task.Delay(Timeout.Infinite, ended.Token);
                    return;
                }

                if (text.Length == 0)
                {
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ended.Token);
                if (text.Contains("Connection: close", StringComparison.Ordinal))
                {
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            return;
        }
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!isEncrypted)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(Certificate);
        return tls;
    }

    /// <summary>The path of the next request; null at the end of the connection.</summary>
    private async Task<string?> RequestAsync(Stream stream)
    {
        var (text, one) = (new StringBuilder(), new byte[1]);
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, ended.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        return text.ToString().Split(' ')[1];
    }
}
