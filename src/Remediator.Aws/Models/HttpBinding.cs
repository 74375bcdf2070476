using System.Text.Json;

namespace Remediator.Aws.Models;

/// <summary>The method and the path of an operation.</summary>
/// <param name="Path">The path, with <c>{Label}</c> and <c>{Label+}</c> as placeholders for members.</param>
/// <param name="Query">The fixed query of the operation: names and values; null for a name without <c>=</c>.</param>
internal sealed record HttpBinding(string Method, string Path, IReadOnlyList<KeyValuePair<string, string?>> Query)
{
    private static readonly HttpBinding Default = new("POST", "/", []);

    public static HttpBinding Read(JsonElement operation)
    {
        if (!operation.TryGetProperty("http", out var http))
        {
            return Default;
        }

        var uri = http.Text("requestUri") ?? "/";
        var mark = uri.IndexOf('?', StringComparison.Ordinal);
        return mark < 0
            ? new HttpBinding(http.Text("method") ?? "POST", uri, [])
            : new HttpBinding(http.Text("method") ?? "POST", uri[..mark], [.. uri[(mark + 1)..].Split('&').Select(ReadPair)]);
    }

    private static KeyValuePair<string, string?> ReadPair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new(pair, null) : new(pair[..equals], pair[(equals + 1)..]);
    }
}
