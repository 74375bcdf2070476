namespace Remediator.Tests.Aws.Conformance;

/// <summary>Compares queries and forms as multisets of decoded pairs.</summary>
internal static class QueryComparison
{
    public static string? Multisets(string expected, string actual, string what) =>
        Multisets([.. expected.Split('&', StringSplitOptions.RemoveEmptyEntries)], actual, what, isExact: true);

    public static string? Multisets(string[] expected, string actual, string what, bool isExact)
    {
        var left = expected.Select(Decode).Order(StringComparer.Ordinal).ToList();
        var right = actual.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Decode).Order(StringComparer.Ordinal).ToList();
        foreach (var pair in left)
        {
            if (!right.Remove(pair))
            {
                return $"{what}: {pair} missing in {actual}";
            }
        }

        return isExact && right.Count > 0 ? $"{what}: not expected: {string.Join(" ", right)}" : null;
    }

    public static IEnumerable<string> Names(string query) =>
        query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Unescape(pair.Split('=')[0]));

    private static string Decode(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? Unescape(pair) + "=" : $"{Unescape(pair[..equals])}={Unescape(pair[(equals + 1)..])}";
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
