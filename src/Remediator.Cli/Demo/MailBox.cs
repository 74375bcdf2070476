using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo;

/// <summary>
/// A subscriber of the topic: the emulator sends no mail, so it subscribes by http, for which the notice holds no text of its own,
/// so that it gets the default: the text of the mail.
/// </summary>
internal sealed class MailBox : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    private MailBox(HttpListener listener)
    {
        _listener = listener;
        _serving = ServeAsync();
    }

    public ConcurrentQueue<(string Subject, string Text)> Mails { get; } = [];

    public static async Task<MailBox> SubscribeAsync(IAws aws, string topicArn, CancellationToken ct)
    {
        var (listener, address) = Listen();
        var box = new MailBox(listener);
        await aws.SendAsync("sns:Subscribe", new JsonObject { ["TopicArn"] = topicArn, ["Protocol"] = "http", ["Endpoint"] = address }, ct);
        return box;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Another process took the port between choosing it and listening on it.
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var document = await JsonDocument.ParseAsync(context.Request.InputStream);
                Mails.Enqueue((document.RootElement.TextOf("Subject") ?? "", document.RootElement.TextOf("Message") ?? ""));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or HttpListenerException)
        {
            // The listener was closed: that is how serving ends.
        }
    }
}
