using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Compares a request with the one that botocore made from the same parameters.</summary>
internal static class SampleRequest
{
    public static string? Difference(JsonElement expected, SentRequest sent) =>
        Text("method", expected.GetProperty("method").GetString()!, sent.Method)
        ?? Text("host", Regional(expected.GetProperty("host").GetString()!), Regional(sent.Host))
        ?? Text("path", expected.GetProperty("path").GetString()!, sent.Path)
        ?? QueryComparison.Multisets(expected.GetProperty("query_raw").GetString()!, sent.Query, "query")
        ?? Headers(expected, sent)
        ?? BodyComparison.Difference(
            expected.GetProperty("body_compare").GetString()!, expected.GetProperty("body").GetString()!, sent.Body)
        ?? Signing(expected, sent)
        ?? SigningOracle.Difference(sent);

    private static string? Headers(JsonElement expected, SentRequest sent)
    {
        foreach (var header in expected.GetProperty("headers").EnumerateObject().Where(header => !DependsOnBytes(header.Name, expected)))
        {
            var isSame = sent.Headers.TryGetValue(header.Name, out var actual)
                && HeaderComparison.Same(header.Name, header.Value.GetString()!, actual);
            if (!isSame)
            {
                return $"header {header.Name}: expected {header.Value.GetString()}, is {actual ?? "missing"}";
            }
        }

        return null;
    }

    // Bodies may be written in several ways, which changes lengths and hashes. An empty body has no length, or the length 0.
    private static bool DependsOnBytes(string header, JsonElement expected) =>
        (header == "Content-Length" && expected.GetProperty("body_compare").GetString() == "empty")
        || (
            expected.GetProperty("body_compare").GetString() is not ("bytes" or "empty")
            && (
                header is "Content-Length" or "Content-MD5" or "X-Amz-Content-SHA256"
                || header.StartsWith("x-amz-checksum-", StringComparison.Ordinal)));

    private static string? Signing(JsonElement expected, SentRequest sent)
    {
        if (expected.GetProperty("signing") is not { ValueKind: JsonValueKind.Object } signing)
        {
            return sent.Headers.ContainsKey("Authorization") ? "must not be signed" : null;
        }

        var scope = $"/{signing.GetProperty("region").GetString()}/{signing.GetProperty("service").GetString()}/aws4_request";
        return sent.Headers["Authorization"].Contains(scope, StringComparison.Ordinal)
            ? null
            : $"signing: expected {scope}, is {sent.Headers["Authorization"]}";
    }

    // Both host names of S3 in us-east-1 are right.
    private static string Regional(string host) => host.Replace("s3.us-east-1.amazonaws.com", "s3.amazonaws.com", StringComparison.Ordinal);

    private static string? Text(string what, string expected, string actual) =>
        expected == actual ? null : $"{what}: expected {expected}, is {actual}";
}
