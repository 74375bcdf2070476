using System.Collections.Immutable;
using Remediator.Authoring.Permissions;
using Remediator.Authoring.Runbooks;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Authoring.Catalog;

/// <summary>
/// Writes what follows from the playbooks: the index by which an event finds its playbook, each text under its hash, the
/// permissions in the templates, as far as the policy lets the playbooks change something, the catalog under docs/catalog, the coverage in
/// README.md, the power of the roles in docs/operating.md, the policy's schema for editors, and the runbooks. A template that is not there
/// is left out.
/// </summary>
internal sealed class Generator
{
    public const string CoverageBegin = "<!-- remediator:coverage begin -->";
    public const string CoverageEnd = "<!-- remediator:coverage end -->";

    private static readonly string RunbookFolder = Path.Combine("docs", "runbooks");

    private const string Template = "template.yaml";

    private static readonly string MemberTemplate = Path.Combine("deploy", "member.yaml");

    private readonly string _root;
    private readonly ImmutableArray<Playbook> _playbooks;
    private readonly ImmutableArray<Guide> _guides;
    private readonly CatalogReport _report;
    private readonly PolicyReach _reach;
    private readonly PolicyReach _ofMember;

    private Generator(string root, Policy policy)
    {
        var folder = Path.Combine(root, "playbooks");
        _root = root;
        _reach = new(policy);
        _ofMember = new(policy) { IsOfMember = true };
        _playbooks = [.. PlaybookLibrary.Names(folder).Select(new PlaybookLibrary(folder).Load)];
        _guides = [.. PlaybookLibrary.GuideNames(folder).Select(new PlaybookLibrary(folder).LoadGuide)];
        _report = new(_playbooks) { Guides = _guides };
    }

    /// <summary>
    /// The files, relative to the root, that were out of date; they are rewritten, or with <paramref name="check"/> left unchanged.
    /// </summary>
    /// <exception cref="InvalidFileException">A playbook or the policy has problems.</exception>
    public static ImmutableArray<string> Run(string root, Policy policy, bool check)
    {
        var generator = new Generator(root, policy);
        var stale = ImmutableArray.CreateBuilder<string>();
        foreach (var (file, text) in generator.Files())
        {
            var path = Path.Combine(root, file);
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                continue;
            }

            stale.Add(file);
            if (!check)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }
        }

        stale.AddRange(generator.Leftovers(check));
        return stale.ToImmutable();
    }

    private IEnumerable<(string File, string Text)> Files() =>
        [
            (Path.Combine("playbooks", PlaybookLibrary.IndexFile), PlaybookLibrary.Index(_playbooks, _guides)),
            .. _playbooks.Select(p =>
                (Path.Combine("playbooks", PlaybookLibrary.Versions, $"{PlaybookLibrary.HashOf(p.Source)}.yaml"), p.Source)),
            .. Permissions(Template, _reach),
            .. Permissions(MemberTemplate, _ofMember),
            Coverage(),
            .. Marked(
                Path.Combine("docs", "operating.md"), PowerTable.Begin, PowerTable.End,
                _ => $"\n{PowerTable.Of(_playbooks, _guides)}\n"),
            (PolicySchemaFile.Name, PolicySchemaFile.Render()),
            (Page("README"), CatalogIndex.Playbooks(_playbooks, _report)),
            (Page("rules"), CatalogIndex.Rules(_report)),
            .. _playbooks.GroupBy(CatalogIndex.Service).Select(s => (Page(s.Key), CatalogPage.Of(s.Key, s))),
            .. Runbooks(),
        ];

    private ImmutableArray<(string File, string Text)> Permissions(string template, PolicyReach reach) => Marked(
        template, PermissionTemplate.Begin, PermissionTemplate.End,
        earlier => PermissionTemplate.Render(earlier, _playbooks, _guides, reach));

    /// <exception cref="InvalidDataException">The file is missing, or has no markers: the counts would be left out unnoticed.</exception>
    private (string File, string Text) Coverage() =>
        Marked("README.md", CoverageBegin, CoverageEnd, _ => $"\n{CatalogIndex.Counts(_report)}\n") is [var readme]
            ? readme
            : throw new InvalidDataException(
                $"README.md is missing, or has no lines '{CoverageBegin}' and '{CoverageEnd}' for the counts of rules.");

    private ImmutableArray<(string File, string Text)> Marked(string file, string begin, string end, Func<string, string> make)
    {
        var path = Path.Combine(_root, file);
        return File.Exists(path) && MarkedText.Replace(File.ReadAllText(path), begin, end, make) is { } text ? [(file, text)] : [];
    }

    /// <summary>
    /// Only if there is a folder for them: a copy with a template of its own, which has other alarms, need not have them.
    /// </summary>
    private IEnumerable<(string File, string Text)> Runbooks() => Directory.Exists(Path.Combine(_root, RunbookFolder))
        ? RunbookPages.Of(RunbookText.All, TemplateAlarm.Of(File.ReadAllText(Path.Combine(_root, Template))))
            .Select(page => (Path.Combine(RunbookFolder, $"{page.Name}.md"), page.Text))
        : [];

    /// <summary>Pages of services without playbooks, and of reasons and alarms that no longer exist.</summary>
    private IEnumerable<string> Leftovers(bool check)
    {
        var pages = _playbooks.Select(CatalogIndex.Service)
            .Concat(["README", "rules"])
            .Select(Page)
            .Concat(Runbooks().Select(r => r.File))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var path in new[] { Path.Combine("docs", "catalog"), RunbookFolder }.Select(f => Path.Combine(_root, f))
            .SelectMany(folder => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.md") : []))
        {
            var file = Path.GetRelativePath(_root, path);
            if (pages.Contains(file))
            {
                continue;
            }

            if (!check)
            {
                File.Delete(path);
            }

            yield return file;
        }
    }

    private static string Page(string name) => Path.Combine("docs", "catalog", $"{name}.md");
}
