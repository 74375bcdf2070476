using System.Net;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal.Transform;

namespace Remediator.Aws.Sdk;

/// <summary>A response of which everything has arrived.</summary>
public sealed class WebAnswer(HttpResponseMessage message, byte[] body) : IWebResponseData, IHttpResponseBody
{
    public ReadOnlyMemory<byte> Body => body;

    public HttpStatusCode StatusCode => message.StatusCode;

    public bool IsSuccessStatusCode => message.IsSuccessStatusCode;

    public long ContentLength => body.Length;

    public string ContentType => GetHeaderValue("Content-Type");

    public IHttpResponseBody ResponseBody => this;

    public string[] GetHeaderNames() =>
        [.. message.Headers.NonValidated.Select(h => h.Key), .. message.Content.Headers.NonValidated.Select(h => h.Key)];

    public bool IsHeaderPresent(string headerName) =>
        message.Headers.NonValidated.Contains(headerName) || message.Content.Headers.NonValidated.Contains(headerName);

    public string GetHeaderValue(string headerName) =>
        message.Headers.NonValidated.TryGetValues(headerName, out var values)
            || message.Content.Headers.NonValidated.TryGetValues(headerName, out values)
            ? values.ToString()
            : "";

    public IEventStreamHeader GetEventStreamHeader(string headerName) =>
        throw new NotSupportedException("Answers are no streams of events.");

    public bool IsEventHeaderPresent(string headerName) => false;

    public Stream OpenResponse() => new MemoryStream(body, writable: false);

    public Task<Stream> OpenResponseAsync() => Task.FromResult(OpenResponse());

    public void Dispose()
    {
    }
}
