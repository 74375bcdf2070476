using System.Net;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Remediator.Tests.Aws;

/// <summary>The status and the headers of a response.</summary>
internal sealed class FakeHead(int status, IReadOnlyDictionary<string, string> headers) : IWebResponseData
{
    public long ContentLength => 0;

    public string ContentType => headers.GetValueOrDefault("Content-Type", "");

    public HttpStatusCode StatusCode => (HttpStatusCode)status;

    public bool IsSuccessStatusCode => status is >= 200 and < 300;

    public IHttpResponseBody ResponseBody => throw new NotSupportedException();

    public string[] GetHeaderNames() => [.. headers.Keys];

    public bool IsHeaderPresent(string headerName) => headers.ContainsKey(headerName);

    public string GetHeaderValue(string headerName) => headers.GetValueOrDefault(headerName, "");

    public Amazon.Runtime.EventStreams.IEventStreamHeader GetEventStreamHeader(string headerName) => throw new NotSupportedException();

    public bool IsEventHeaderPresent(string headerName) => false;
}
