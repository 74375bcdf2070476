using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Playbooks;

namespace Remediator.Checks;

/// <summary>
/// Finds everything that can be known to be wrong with playbooks and policy without an account: all problems at once, in the
/// order of files and lines. docs/lint.md explains each code.
/// </summary>
internal sealed class Linter(string folder, IReadOnlyCollection<string> files, TimeProvider clock)
{
    private static readonly Func<CheckedPlaybook, IEnumerable<Problem>>[] Checks =
    [
        FileCheck.Of, RuleCheck.Of, CallCheck.Of, ExpressionCheck.Of, ErrorCodeCheck.Of, UndoCheck.Of, ImpactCheck.Of, ParameterCheck.Of, PermissionCheck.Of,
    ];

    private readonly List<Problem> _problems = [];

    /// <param name="folder">The playbooks' folder.</param>
    /// <param name="policy">The policy's file; null to check playbooks only.</param>
    /// <param name="files">
    /// The files to report on; none for all. The others are still read, for two may answer one rule. A playbook that lies elsewhere is
    /// checked as if it lay in the folder.
    /// </param>
    /// <param name="clock">Tells whether exemptions have ended.</param>
    public static ImmutableArray<Problem> Run(string folder, string? policy, IReadOnlyCollection<string> files, TimeProvider clock)
    {
        var linter = new Linter(folder, files, clock);
        linter.Check(policy);
        var only = files.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. linter._problems
                .Where(p => only.Count == 0 || only.Contains(Path.GetFullPath(p.At.File)))
                .Distinct()
                .OrderBy(p => p.At.File, StringComparer.Ordinal).ThenBy(p => p.At.Line).ThenBy(p => p.At.Column).ThenBy(p => p.Code, StringComparer.Ordinal),
        ];
    }

    private void Check(string? policyFile)
    {
        var playbooks = Playbooks(policyFile).Select(p => Read(p.Name, p.File)).OfType<CheckedPlaybook>().ToImmutableArray();
        var policy = policyFile is null ? null : ReadPolicy(policyFile, [.. playbooks.Select(p => p.Playbook)]);
        foreach (var playbook in playbooks)
        {
            _problems.AddRange(Checks.SelectMany(check => check(playbook)));
        }

        _problems.AddRange(LibraryCheck.Of(playbooks, policy));
    }

    private IEnumerable<(string Name, string File)> Playbooks(string? policyFile)
    {
        var shipped = PlaybookLibrary.Names(folder).Select(name => (name, Path.Combine(folder, name + ".yaml"))).ToArray();
        var known = shipped.Select(p => Path.GetFullPath(p.Item2)).Append(policyFile is null ? "" : Path.GetFullPath(policyFile)).ToHashSet(StringComparer.Ordinal);
        return [.. shipped, .. files.Where(f => !known.Contains(Path.GetFullPath(f))).Select(f => ($"elsewhere/{Path.GetFileNameWithoutExtension(f)}", f))];
    }

    private CheckedPlaybook? Read(string name, string file)
    {
        var (playbook, problems) = PlaybookReader.TryRead(name, file, File.ReadAllText(file));
        _problems.AddRange(problems);
        return playbook is null ? null : new(playbook, file);
    }

    private Policy? ReadPolicy(string file, ImmutableArray<Playbook> playbooks)
    {
        var text = File.ReadAllText(file);
        var (policy, problems) = PolicyReader.TryRead(file, text);
        _problems.AddRange(problems);
        if (policy is not null)
        {
            _problems.AddRange(new PolicyCheck(file, text, playbooks).Of(policy, clock.GetUtcNow()));
        }

        return policy;
    }
}
