using Amazon.Runtime.Internal.Transform;

namespace Remediator.Aws.Protocols;

/// <summary>A response as received.</summary>
internal sealed class WireResponse(IWebResponseData head, ReadOnlyMemory<byte> body)
{
    private static readonly string[] RequestIdHeaders = ["x-amzn-RequestId", "x-amz-request-id", "x-amz-id-2"];

    public WireResponse With(ReadOnlyMemory<byte> otherBody) => new(head, otherBody);

    public int Status { get; } = (int)head.StatusCode;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public string RequestId => RequestIdHeaders.Select(Header).FirstOrDefault(id => !string.IsNullOrEmpty(id)) ?? "";

    public IEnumerable<string> HeaderNames => head.GetHeaderNames();

    public string? Header(string name) => head.IsHeaderPresent(name) ? head.GetHeaderValue(name) : null;
}
