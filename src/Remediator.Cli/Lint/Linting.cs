using System.Text.RegularExpressions;
using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Cli.Lint;

/// <summary>Checks files that people write.</summary>
internal static partial class Linting
{
    /// <summary>Every problem of every file, in the order of the files.</summary>
    public static IReadOnlyList<Problem> Check(IEnumerable<string> files) => [.. files.SelectMany(Check)];

    private static IReadOnlyList<Problem> Check(string file)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        var text = File.ReadAllText(file);
        return IsPolicy().IsMatch(text)
            ? PolicyReader.TryRead(file, text).Problems
            : PlaybookReader.TryRead(Path.GetFileNameWithoutExtension(file), file, text).Problems;
    }

    // Words that only a policy has at its top.
    [GeneratedRegex("^(defaults|exemptions|freezes|budgets):", RegexOptions.Multiline)]
    private static partial Regex IsPolicy();
}
