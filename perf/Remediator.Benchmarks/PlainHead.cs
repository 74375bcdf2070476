using System.Net;
using Amazon.Runtime.Internal.Transform;

namespace Remediator.Benchmarks;

/// <summary>The head of a minimal successful response.</summary>
internal sealed class PlainHead : IWebResponseData
{
    public static readonly PlainHead Instance = new();

    public long ContentLength => -1;

    public string ContentType => "";

    public HttpStatusCode StatusCode => HttpStatusCode.OK;

    public bool IsSuccessStatusCode => true;

    public IHttpResponseBody ResponseBody => throw new NotSupportedException("The body is given on its own.");

    public string[] GetHeaderNames() => [];

    public bool IsHeaderPresent(string headerName) => false;

    public string GetHeaderValue(string headerName) => "";

    public bool IsEventHeaderPresent(string headerName) => false;

    public Amazon.Runtime.EventStreams.IEventStreamHeader GetEventStreamHeader(string headerName) =>
        throw new NotSupportedException("There are no event streams here.");
}
