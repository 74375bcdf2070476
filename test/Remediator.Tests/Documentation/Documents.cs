using System.Text.RegularExpressions;
using Remediator.Emulator;

namespace Remediator.Tests.Documentation;

/// <summary>The documents of the repository, as text.</summary>
internal static partial class Documents
{
    /// <summary>Those that people write, and those that are generated.</summary>
    public static IEnumerable<string> Files =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md"),
        .. Directory.EnumerateFiles(At("docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(At("perf"), "*.md"),
    ];

    public static string Operating { get; } = Read("docs", "operating.md");

    public static string At(params ReadOnlySpan<string> path) => Repository.At(path);

    public static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    public static string Read(params ReadOnlySpan<string> path) => File.ReadAllText(At(path));

    /// <summary>The first code block of a language after a heading.</summary>
    public static string Block(string document, string heading, string language)
    {
        var from = document.IndexOf($"\n## {heading}", StringComparison.Ordinal);
        Assert.True(from >= 0, heading);
        var begin = document.IndexOf($"```{language}\n", from, StringComparison.Ordinal) + language.Length + 4;
        return document[begin..document.IndexOf("\n```", begin, StringComparison.Ordinal)];
    }

    /// <summary>The anchors of a page's headings.</summary>
    public static IEnumerable<string> Anchors(string document) =>
        Headings().Matches(document).Select(m => NotInAnchors().Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchors();
}
