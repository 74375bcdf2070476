using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Authoring.Checks;

/// <summary>
/// Finds all problems of playbooks and policy that can be found without an account, in the order of files and lines.
/// docs/lint.md explains each code.
/// </summary>
internal sealed class Linter(string folder, IReadOnlyCollection<string> files, TimeProvider clock)
{
    private static readonly Func<CheckedPlaybook, IEnumerable<Problem>>[] Checks =
    [
        FileCheck.Of,
        RuleCheck.Of,
        CallCheck.Of,
        ExpressionCheck.Of,
        ErrorCodeCheck.Of,
        UndoCheck.Of,
        ImpactCheck.Of,
        ParameterCheck.Of,
        PermissionCheck.Of,
        GoneCheck.Of,
        IdentityCheck.Of,
        CutCheck.Of,
        NegationCheck.Of,
        RuleParameterCheck.Of,
        CriterionCheck.Of,
        DestinationCheck.Of,
        RecordedCheck.Of,
        EvidenceCheck.Of,
        PartsCheck.Of,
        ContainmentCheck.Of,
    ];

    /// <summary>A guide changes nothing: what holds of the changes of playbooks is not asked of it.</summary>
    private static readonly Func<CheckedPlaybook, IEnumerable<Problem>>[] OfGuides =
    [
        FileCheck.Of,
        RuleCheck.Of,
        CallCheck.Of,
        ExpressionCheck.Of,
        ErrorCodeCheck.Of,
        PermissionCheck.Of,
        IdentityCheck.Of,
        CutCheck.Of,
        NegationCheck.Of,
        EvidenceCheck.Of,
        GuideCheck.Of,
    ];

    private readonly HashSet<string> _only = files.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];

    /// <param name="folder">The playbooks' folder.</param>
    /// <param name="policy">The policy's file; null to check playbooks only.</param>
    /// <param name="files">
    /// The files to report on; none for all. The others are still read, because two may answer one rule. A playbook from elsewhere
    /// replaces the one with the same name in the folder.
    /// </param>
    /// <param name="clock">Decides whether exemptions have ended.</param>
    public static ImmutableArray<Problem> Run(string folder, string? policy, IReadOnlyCollection<string> files, TimeProvider clock)
    {
        var linter = new Linter(folder, files, clock);
        linter.Check(policy);
        return
        [
            .. linter._problems
                .Where(p => linter.IsAskedFor(p.At.File))
                .Distinct()
                .OrderBy(p => p.At.File, StringComparer.Ordinal).ThenBy(p => p.At.Line).ThenBy(p => p.At.Column)
                    .ThenBy(p => p.Code, StringComparer.Ordinal),
        ];
    }

    private bool IsAskedFor(string file) => _only.Count == 0 || _only.Contains(Path.GetFullPath(file));

    private void Check(string? policyFile)
    {
        var given = files.Where(f => f != policyFile).ToLookup(IsGuide);
        var playbooks = Files(PlaybookLibrary.Names(folder), given[false], ".yaml")
            .Select(Read).OfType<CheckedPlaybook>().ToImmutableArray();
        var guides = Files(PlaybookLibrary.GuideNames(folder), given[true], PlaybookLibrary.GuideEnding)
            .Select(ReadGuide).OfType<CheckedPlaybook>().ToImmutableArray();
        var policy = policyFile is null ? null : ReadPolicy(policyFile, [.. playbooks.Select(p => p.Playbook)]);
        foreach (var playbook in playbooks.Where(p => IsAskedFor(p.File)))
        {
            _problems.AddRange(Checks.SelectMany(check => check(playbook)));
        }

        foreach (var guide in guides.Where(g => IsAskedFor(g.File)))
        {
            _problems.AddRange(OfGuides.SelectMany(check => check(guide)));
        }

        _problems.AddRange(LibraryCheck.Of(playbooks, policy));
        _problems.AddRange(LibraryCheck.OfGuides(guides, playbooks));
    }

    private static bool IsGuide(string file) => file.EndsWith(PlaybookLibrary.GuideEnding, StringComparison.Ordinal);

    private IEnumerable<KeyValuePair<string, string>> Files(IEnumerable<string> names, IEnumerable<string> given, string ending)
    {
        var files = names.ToDictionary(name => name, name => Path.Combine(folder, name + ending), StringComparer.Ordinal);
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        foreach (var file in given.Where(f => !Path.GetFullPath(f).StartsWith(root, StringComparison.Ordinal)))
        {
            files[$"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))}/{Path.GetFileName(file)[..^ending.Length]}"] = file;
        }

        return files.OrderBy(f => f.Key, StringComparer.Ordinal);
    }

    private CheckedPlaybook? Read(KeyValuePair<string, string> at)
    {
        var (name, file) = at;
        var (playbook, problems) = PlaybookReader.TryRead(name, file, File.ReadAllText(file));
        _problems.AddRange(problems);
        return playbook is null ? null : new(playbook, file);
    }

    private CheckedPlaybook? ReadGuide(KeyValuePair<string, string> at)
    {
        var (name, file) = at;
        var (guide, problems) = PlaybookReader.TryReadGuide(name, file, File.ReadAllText(file));
        _problems.AddRange(problems);
        return guide is null ? null : new(guide.Reads, file) { Guide = guide };
    }

    private Policy? ReadPolicy(string file, ImmutableArray<Playbook> playbooks)
    {
        var (policy, problems) = PolicyFile.TryRead(file, File.ReadAllText(file), PlaybookSet.Of(playbooks), clock.GetUtcNow());
        _problems.AddRange(problems);
        return policy;
    }
}
