using System.Text.RegularExpressions;
using Remediator.Emulator;

namespace Remediator.Tests.Conventions;

/// <summary>The project's own C# files, by their path from the root of the repository.</summary>
internal static partial class Sources
{
    public static IReadOnlyList<(string Path, string Text)> All { get; } = [.. Of("src"), .. Of("test"), .. Of("perf")];

    public static IEnumerable<(string Path, string Text)> Under(string folder) =>
        All.Where(f => f.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>The text without comments.</summary>
    public static string Code(string text) => Comment().Replace(text, "");

    private static IEnumerable<(string Path, string Text)> Of(string folder) =>
        from file in Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.At("."), file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
