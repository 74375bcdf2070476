using System.Text.RegularExpressions;
using Remediator.Checks;
using Remediator.Playbooks;

namespace Remediator.Cli.Lint;

/// <summary>Checks files that people write.</summary>
internal static partial class Linting
{
    /// <summary>Every problem of every file, in the order of files and lines.</summary>
    /// <param name="folder">All playbooks: two may answer one rule.</param>
    /// <param name="policy">The policy that the playbooks are used with, where <paramref name="files"/> names none.</param>
    /// <param name="files">Playbooks and policies to report on; none for all.</param>
    public static IReadOnlyList<Problem> Check(string folder, string policy, IReadOnlyCollection<string> files, TimeProvider clock)
    {
        if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            throw new UsageException($"There is no file {missing}.");
        }

        string[] policies = [.. files.Where(f => IsPolicy().IsMatch(File.ReadAllText(f)))];
        string[] playbooks = [.. files.Except(policies)];
        return
        [
            .. policies.DefaultIfEmpty(policy)
                .SelectMany(p => Linter.Run(folder, p, policies.Length > 0 ? [.. playbooks, p] : playbooks, clock))
                .Distinct(),
        ];
    }

    // Words that only a policy has at its top.
    [GeneratedRegex("^(defaults|exemptions|freezes|budgets):", RegexOptions.Multiline)]
    private static partial Regex IsPolicy();
}
