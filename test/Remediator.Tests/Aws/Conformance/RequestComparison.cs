using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Compares a request with what a case expects.</summary>
internal static class RequestComparison
{
    public static string? Difference(JsonElement expect, SentRequest sent) =>
        Method(expect, sent)
        ?? Text("path", expect.GetProperty("path").GetString()!, sent.Path)
        ?? (expect.TryGetProperty("host", out var host) ? Text("host", host.GetString()!, sent.Host) : null)
        ?? Query(expect, sent)
        ?? Headers(expect, sent)
        ?? BodyComparison.Difference(expect.GetProperty("body_compare").GetString()!, Body(expect), sent.Body);

    // Some of the older cases have no method.
    private static string? Method(JsonElement expect, SentRequest sent) =>
        expect.GetProperty("method").GetString() is { Length: > 0 } method ? Text("method", method, sent.Method) : null;

    private static string Body(JsonElement expect) =>
        expect.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.String ? body.GetString()! : "";

    private static string? Text(string what, string expected, string actual) =>
        expected == actual ? null : $"{what}: expected {expected}, is {actual}";

    private static string? Query(JsonElement expect, SentRequest sent)
    {
        var names = QueryComparison.Names(sent.Query).ToHashSet(StringComparer.Ordinal);
        return QueryComparison.Multisets(Texts(expect, "query"), sent.Query, "query", expect.GetProperty("query_exact").GetBoolean())
            ?? Texts(expect, "forbid_query").Where(names.Contains).Select(name => $"query: {name} must not be there").FirstOrDefault()
            ?? Texts(expect, "require_query").Where(name => !names.Contains(name)).Select(name => $"query: {name} must be there")
                .FirstOrDefault();
    }

    private static string? Headers(JsonElement expect, SentRequest sent)
    {
        foreach (var header in expect.GetProperty("headers").EnumerateObject())
        {
            var expected = header.Value.GetString()!;
            if (!sent.Headers.TryGetValue(header.Name, out var actual))
            {
                // An empty list has no header, or an empty one.
                if (expected.Length > 0)
                {
                    return $"header {header.Name}: missing, expected {expected}";
                }
            }
            else if (!HeaderComparison.Same(header.Name, expected, actual))
            {
                return $"header {header.Name}: expected {expected}, is {actual}";
            }
        }

        // Every body that is sent has a length.
        return Texts(expect, "forbid_headers")
            .Where(name => name != "Content-Length" && sent.Headers.TryGetValue(name, out var value) && value.Length > 0)
            .Select(name => $"header {name} must not be there")
            .FirstOrDefault()
            ?? Texts(expect, "require_headers")
                .Where(name => !sent.Headers.ContainsKey(name))
                .Select(name => $"header {name} must be there")
                .FirstOrDefault();
    }

    private static string[] Texts(JsonElement expect, string name) =>
        expect.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
