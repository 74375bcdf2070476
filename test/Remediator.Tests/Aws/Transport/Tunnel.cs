using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Remediator.Tests.Aws.Transport;

/// <summary>A proxy that connects to where it is asked to.</summary>
internal sealed class Tunnel : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public Tunnel()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ConnectAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private static async Task ConnectAsync(TcpClient client)
    {
        using var near = client;
        var stream = near.GetStream();
        var head = new byte[4096];
        var count = await stream.ReadAsync(head);
        var target = Encoding.ASCII.GetString(head, 0, count).Split(' ')[1].Split(':');
        using var far = new TcpClient(target[0], int.Parse(target[1], null));
        await stream.WriteAsync("HTTP/1.1 200 Connected\r\n\r\n"u8.ToArray());
        await Task.WhenAny(stream.CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(stream));
    }
}
