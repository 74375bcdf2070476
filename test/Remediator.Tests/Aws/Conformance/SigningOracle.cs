using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>
/// SigV4 implemented from its specification, as an independent check: the signature of the client's request must be the one
/// that this class calculates from the request as sent.
/// </summary>
internal static class SigningOracle
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static string? Difference(SentRequest sent)
    {
        if (!sent.Headers.TryGetValue("Authorization", out var authorization))
        {
            return null;
        }

        var parts = authorization[(authorization.IndexOf(' ', StringComparison.Ordinal) + 1)..]
            .Split(',', StringSplitOptions.TrimEntries)
            .ToDictionary(part => part.Split('=')[0], part => part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var scope = parts["Credential"].Split('/')[1..];
        var canonical = Canonical(
            sent,
            parts["SignedHeaders"].Split(';'),
            doubleEncodes: scope[2] is not ("s3" or "s3express" or "s3-outposts" or "s3-object-lambda"));
        var signature = Sign(SecretKey, scope, sent.Headers["X-Amz-Date"], canonical);
        return signature == parts["Signature"] ? null : $"signature: the canonical request is\n{canonical}";
    }

    public static string Canonical(SentRequest sent, string[] signedHeaders, bool doubleEncodes)
    {
        // S3 uses paths unchanged; everywhere else they are normalised and escaped a second time.
        var path = doubleEncodes ? string.Join('/', Normalised(sent.Path).Split('/').Select(Uri.EscapeDataString)) : sent.Path;
        var query = sent.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair)
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
                .Select(pair => $"{pair.Name}={pair.Value}");
        var headers = signedHeaders.Select(
            name => $"{name}:{Squeeze(name == "host" ? sent.Headers.GetValueOrDefault("Host", sent.Host) : sent.Headers[name])}\n");
        var hash = sent.Headers.GetValueOrDefault("X-Amz-Content-SHA256") ?? Hash(sent.Body);
        return $"{sent.Method}\n{path}\n{string.Join('&', query)}\n{string.Concat(headers)}\n{string.Join(';', signedHeaders)}\n{hash}";
    }

    public static string StringToSign(string[] scope, string date, string canonical) =>
        $"AWS4-HMAC-SHA256\n{date}\n{string.Join('/', scope)}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";

    public static string Sign(string secret, string[] scope, string date, string canonical)
    {
        var key = scope.Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + secret), (key, step) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(StringToSign(scope, date, canonical))));
    }

    private static string Normalised(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != "."))
        {
            if (segment != "..")
            {
                segments.Add(segment);
            }
            else if (segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        var end = segments.Count > 0 && path.EndsWith('/') ? "/" : "";
        return $"/{string.Join('/', segments)}{end}";
    }

    private static (string Name, string Value) Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (Again(text), "") : (Again(text[..equals]), Again(text[(equals + 1)..]));
    }

    private static string Again(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Squeeze(string value) => string.Join(' ', value.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
