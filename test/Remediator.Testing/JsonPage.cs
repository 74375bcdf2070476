using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Remediator.Emulator;

namespace Remediator.Testing;

/// <summary>docs/json.md: the members that it documents for each command.</summary>
internal sealed partial class JsonPage
{
    private readonly ImmutableArray<(string Path, bool MayBeMissing)> _documented;

    private JsonPage(ImmutableArray<(string Path, bool MayBeMissing)> documented) => _documented = documented;

    public static IReadOnlyList<string> Commands { get; } =
        [.. Headings().Matches(Text).SelectMany(m => Names().Matches(m.Value)).Select(m => m.Groups[1].Value)];

    /// <summary>The members that every answer of the command must have.</summary>
    public IEnumerable<string> Promised => _documented.Where(d => !d.MayBeMissing).Select(d => d.Path);

    private static string Text => File.ReadAllText(Repository.At("docs", "json.md"));

    public static JsonPage Of(string command)
    {
        var section = Text.Split("\n## ")
            .Single(s => s.Split('\n')[0] == command || Names().Matches(s.Split('\n')[0]).Any(m => m.Groups[1].Value == command));
        return new([
            .. Rows().Matches(section).Select(m => (m.Groups[1].Value, m.Groups[2].Value.StartsWith("where ", StringComparison.Ordinal))),
        ]);
    }

    /// <summary>The documented member for a path; null if there is none.</summary>
    public string? Find(string path) => _documented.Select(d => d.Path).FirstOrDefault(d => Regex.IsMatch(path, $"^{Pattern(d)}$"));

    /// <summary>The paths of an answer's values; for an empty list or object its own path.</summary>
    public static IEnumerable<string> Paths(JsonElement value, string at = "") =>
        value.ValueKind switch
        {
            JsonValueKind.Object when value.EnumerateObject().Any() => value
                .EnumerateObject()
                .SelectMany(m => Paths(m.Value, at.Length == 0 ? m.Name : $"{at}.{m.Name}")),
            JsonValueKind.Array when value.GetArrayLength() > 0 => value.EnumerateArray().SelectMany(item => Paths(item, $"{at}[]")),
            JsonValueKind.Object or JsonValueKind.Array => [],
            _ => [at],
        };

    private static string Pattern(string path) =>
        Regex.Escape(path).Replace(@"\*", "[^.]+", StringComparison.Ordinal).Replace("…", @"(?:[.\[].*)?", StringComparison.Ordinal);

    [GeneratedRegex("^## .+$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("`([a-z]+)`")]
    private static partial Regex Names();

    [GeneratedRegex(@"^\| `([^`]+)` \| (.+) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
