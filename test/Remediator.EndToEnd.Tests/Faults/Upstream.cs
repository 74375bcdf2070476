using System.Net;

namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>The emulator behind the proxy: requests and responses are passed on byte by byte.</summary>
internal sealed class Upstream(Uri emulator) : IDisposable
{
    // Headers that belong to one hop.
    private static readonly string[] Hop =
    [
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Expect", "Keep-Alive", "Date", "Server",
    ];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    public async Task<HttpResponseMessage> DoAsync(HttpListenerRequest request, byte[] body)
    {
        var exact = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var url = new Uri(emulator.GetLeftPart(UriPartial.Authority) + request.RawUrl, exact);
        using var message = new HttpRequestMessage(new(request.HttpMethod), url) { Content = new ByteArrayContent(body) };
        // The header is signed: with IAM on, the emulator verifies the signature.
        message.Headers.Host = request.UserHostName;
        foreach (var name in request.Headers.AllKeys.OfType<string>().Except(Hop, StringComparer.OrdinalIgnoreCase))
        {
            var values = request.Headers.GetValues(name)!;
            _ = message.Headers.TryAddWithoutValidation(name, values) || message.Content.Headers.TryAddWithoutValidation(name, values);
        }

        return await _http.SendAsync(message);
    }

    public static async Task CopyAsync(HttpResponseMessage response, HttpListenerContext context)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        CopyHead(response, context);
        await WriteAsync(context, body);
    }

    /// <summary>Announces the whole body, and sends half of it.</summary>
    public static async Task TruncateAsync(HttpListenerContext context, HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        CopyHead(response, context);
        response.Dispose();
        context.Response.ContentLength64 = Math.Max(body.Length, 2);
        await context.Response.OutputStream.WriteAsync(body.AsMemory(0, body.Length / 2));
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    }

    public static async Task SendAsync(HttpListenerContext context, WireAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.ErrorType is { } type)
        {
            context.Response.Headers["x-amzn-errortype"] = type;
        }

        await WriteAsync(context, answer.Body);
    }

    public static async Task<byte[]> ReadAsync(Stream body)
    {
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    public void Dispose() => _http.Dispose();

    private static void CopyHead(HttpResponseMessage response, HttpListenerContext context)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (
            var (name, values) in response
                .Headers.Concat(response.Content.Headers)
                .Where(h => !Hop.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = string.Join(',', values);
        }
    }

    private static async Task WriteAsync(HttpListenerContext context, byte[] body)
    {
        // The response to HEAD has a length and no body.
        if (context.Request.HttpMethod is not "HEAD")
        {
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
        }

        context.Response.Close();
    }
}
