using System.Net;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Records what the client sends and returns a prepared response.</summary>
internal sealed class CannedWire(params CannedAnswer[] answers) : HttpMessageHandler
{
    public List<SentRequest> Sent { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add(await SentRequest.ReadAsync(request, cancellationToken));
        var answer = answers[Math.Min(Sent.Count, answers.Length) - 1];
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Content = new BareContent(answer.Body),
            RequestMessage = request,
        };
        foreach (var (name, value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}

/// <summary>A body that adds no headers of its own.</summary>
internal sealed class BareContent(byte[] body) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body, 0, body.Length);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

internal sealed record CannedAnswer(int Status, Dictionary<string, string> Headers, byte[] Body)
{
    public static readonly CannedAnswer Empty = new(200, [], []);
}
