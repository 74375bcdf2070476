using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Remediator.Authoring.Checks;
using Remediator.Emulator.Cases;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Cli.Lint;

/// <summary>Checks files that people write, against the playbooks and the policy that they belong to.</summary>
internal static partial class Linting
{
    /// <param name="files">Playbooks and policies to report on; none for the whole folder and its policy.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static ImmutableArray<Problem> Check(string folder, string policy, IReadOnlyList<string> files, TimeProvider clock)
    {
        if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            throw new UsageException(
                $"There is no file {missing}. Playbooks are named by path, as in playbooks/s3/bucket-versioning.yaml.");
        }

        string[] cases = [.. files is [] ? Directory.EnumerateFiles(folder, $"*{PlaybookLibrary.CaseEnding}", SearchOption.AllDirectories)
            : files.Where(IsCase)];
        string[] policies = [.. files.Except(cases).Where(IsPolicy)];
        string[] playbooks = [.. files.Except(policies).Except(cases)];
        return
        [
            .. cases.Order(StringComparer.Ordinal).SelectMany(PlaybookCaseReader.Problems),
            .. (files is not [] && playbooks is [] && policies is [] ? [] : policies is [] ? [policy] : policies)
                .SelectMany(p => Linter.Run(folder, p, policies is [] ? playbooks : [.. playbooks, p], clock))
                .Distinct(),
        ];
    }

    private static bool IsCase(string file) => file.EndsWith(PlaybookLibrary.CaseEnding, StringComparison.Ordinal);

    private static bool IsPolicy(string file) => Path.GetFileName(file) is "policy.yaml" || PolicyWords().IsMatch(File.ReadAllText(file));

    // Words that only a policy has at its top, or an entry of its rules: a playbook's rules are names.
    [GeneratedRegex(
        "^(defaults|accounts|auto-up-to|exemptions|approvers|freezes|windows|budgets|guards|escalation|digest|rollback|backlog):"
            + "|^rules: *(#.*)?\\n(\\s|#.*\\n)*- *\\{? *['\"]?(match|mode)\\b",
        RegexOptions.Multiline)]
    private static partial Regex PolicyWords();
}
