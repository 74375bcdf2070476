namespace Remediator.Tests.Aws.Conformance;

/// <summary>A request as it would have been sent.</summary>
internal sealed record SentRequest(
    string Method, string Scheme, string Host, string Path, string Query, Dictionary<string, string> Headers, byte[] Body)
{
    public static async Task<SentRequest> ReadAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var uri = request.RequestUri!.OriginalString;
        var afterScheme = uri.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = uri.IndexOf('/', afterScheme);
        var target = slash < 0 ? "/" : uri[slash..];
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (name, values) in request.Headers.Concat(
                request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()))
        {
            headers[name] = string.Join(",", values);
        }

        return new SentRequest(
            request.Method.Method,
            uri[..(afterScheme - 3)],
            slash < 0 ? uri[afterScheme..] : uri[afterScheme..slash],
            mark < 0 ? target : target[..mark],
            mark < 0 ? "" : target[(mark + 1)..],
            headers,
            request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(ct));
    }
}
