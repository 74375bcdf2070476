using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Remediator.Tests.Aws;

/// <summary>Answers each connection with the next of the given responses, repeating the last, and closes it.</summary>
internal sealed class RawStub : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string[] answers;

    public RawStub(params string[] answers)
    {
        this.answers = answers;
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _ = ServeAsync();
    }

    public Uri Url { get; }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        for (var turn = 0; ; turn++)
        {
            try
            {
                using var socket = await listener.AcceptSocketAsync();
                await ReadAsync(socket);
                await socket.SendAsync(Encoding.UTF8.GetBytes(answers[Math.Min(turn, answers.Length - 1)]));
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    // The requests sent here fit into one or two packets.
    private static async Task ReadAsync(Socket socket)
    {
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        while (!text.ToString().Contains("\r\n\r\n{", StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory());
            if (count == 0)
            {
                return;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }
}
