using System.Collections.Concurrent;
using System.Net;
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
    private readonly LoopbackListener _listener;

    private MailBox() => _listener = LoopbackListener.Start(ReceiveAsync);

    public ConcurrentQueue<(string Subject, string Text)> Mails { get; } = [];

    public static async Task<MailBox> SubscribeAsync(IAws aws, string topicArn, CancellationToken ct)
    {
        var box = new MailBox();
        await aws.SendAsync(
            "sns:Subscribe",
            new JsonObject { ["TopicArn"] = topicArn, ["Protocol"] = "http", ["Endpoint"] = $"{box._listener.Url}" },
            ct);
        return box;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ReceiveAsync(HttpListenerContext context)
    {
        using var document = await JsonDocument.ParseAsync(context.Request.InputStream);
        Mails.Enqueue((document.RootElement.TextOf("Subject") ?? "", document.RootElement.TextOf("Message") ?? ""));
        context.Response.Close();
    }
}
