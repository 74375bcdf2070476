using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>The cases that do not apply: those in not-applicable.txt, and those that say so themselves.</summary>
internal static class Exclusions
{
    private static readonly Dictionary<string, string> Listed = File.ReadLines(Path.Combine(CaseFiles.Own, "not-applicable.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t', 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>Why the case does not apply; null if it does.</summary>
    public static string? Reason(string key, JsonElement testCase) =>
        Listed.TryGetValue(key, out var why) ? why
        : key.StartsWith("endpoint:", StringComparison.Ordinal) ? OfEndpoint(testCase)
        : testCase.TryGetProperty("skip", out var skip) ? skip.GetString()
        : null;

    // The key of endpoint cases may be a pattern: endpoint:SERVICE?PARAMETER=VALUE&…, where * is any value.
    private static string? OfEndpoint(JsonElement testCase)
    {
        var start = $"endpoint:{testCase.GetProperty("service").GetString()}?";
        var parameters = testCase.GetProperty("params");
        return Listed.FirstOrDefault(line => line.Key.StartsWith(start, StringComparison.Ordinal)
            && line.Key[start.Length..].Split('&').Select(pair => pair.Split('='))
                .All(pair => Matches(parameters, pair[0], pair[1]))).Value;
    }

    private static bool Matches(JsonElement parameters, string name, string value) =>
        parameters.TryGetProperty(name, out var given)
            && (value == "*" || given.ToString().Equals(value, StringComparison.OrdinalIgnoreCase));
}
