using System.Text.Json;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>The cases that do not apply: those of not-applicable.txt, and those that say so themselves.</summary>
internal static class Exclusions
{
    private static readonly Dictionary<string, string> Listed = File.ReadLines(Path.Combine(CaseFolders.Own, "not-applicable.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t', 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>Why the case does not apply; null where it does.</summary>
    public static string? Reason(string key, JsonElement testCase) =>
        Listed.TryGetValue(key, out var why) ? why
        : testCase.TryGetProperty("skip", out var skip) ? skip.GetString()
        : null;
}
