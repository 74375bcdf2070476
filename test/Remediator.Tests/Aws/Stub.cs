using System.Net;

namespace Remediator.Tests.Aws;

/// <summary>A service on the loopback interface that returns the given responses in turn, repeating the last.</summary>
internal sealed class Stub : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly StubAnswer[] answers;

    public Stub(params StubAnswer[] answers)
    {
        this.answers = answers;
        Url = Listen();
        _ = ServeAsync();
    }

    public Uri Url { get; }

    public List<StubRequest> Requests { get; } = [];

    public void Dispose() => listener.Close();

    private Uri Listen()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            var url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
            probe.Stop();
            listener.Prefixes.Add(url);
            listener.Start();
            return new Uri(url);
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        Requests.Add(new StubRequest(context.Request.RawUrl!, context.Request.Headers, await reader.ReadToEndAsync()));
        var answer = answers[Math.Min(Requests.Count, answers.Length) - 1];
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.OutputStream.WriteAsync(answer.Body);
        context.Response.Close();
    }
}

internal sealed record StubAnswer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public StubAnswer(int status, string body, params (string Name, string Value)[] headers)
        : this(status, System.Text.Encoding.UTF8.GetBytes(body), headers)
    {
    }
}

internal sealed record StubRequest(string Target, System.Collections.Specialized.NameValueCollection Headers, string Body);
