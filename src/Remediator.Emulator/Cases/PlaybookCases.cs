using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Emulator.Cases;

/// <summary>The playbooks and their cases, read from the working copy: a changed YAML file needs no build.</summary>
internal static class PlaybookCases
{
    public static string PlaybookFolder => Repository.At("playbooks");

    /// <summary>The cases of the repository's own playbooks.</summary>
    private static string Folder => Repository.At("test", "Remediator.EndToEnd.Tests", "Playbooks", "Cases");

    private static string GuideFolder => Repository.At("test", "Remediator.EndToEnd.Tests", "Playbooks", "GuideCases");

    private static string StandIns => Repository.At("test", "Remediator.EndToEnd.Tests", "Playbooks", "StandIns");

    public static ImmutableArray<string> Names => PlaybookLibrary.Names(Folder);

    /// <summary>The cases of the repository's guides.</summary>
    public static ImmutableArray<string> GuideNames => PlaybookLibrary.Names(GuideFolder);

    public static PlaybookCase Load(string name) => Load(Folder, name);

    public static PlaybookCase LoadGuide(string name) => Load(GuideFolder, name);

    /// <summary>The files of the cases of a playbook: those beside it, and the repository's own.</summary>
    public static ImmutableArray<string> FilesOf(string playbook, string file)
    {
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileNameWithoutExtension(file));
        return
        [
            .. Named(folder, name, PlaybookLibrary.CaseEnding),
            .. Named(Path.GetDirectoryName(Path.Combine(Folder, playbook))!, Path.GetFileName(playbook), ".yaml"),
        ];
    }

    private static PlaybookCase Load(string folder, string name)
    {
        var file = Path.Combine(folder, name + ".yaml");
        return PlaybookCaseReader.Read(name, file, File.ReadAllText(file));
    }

    /// <summary>A stand-in that several cases share; null where there is none of the name.</summary>
    public static string? StandIn(string name)
    {
        var file = Path.Combine(StandIns, name + ".yaml");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>NAME and NAME.VARIANT with the ending.</summary>
    private static IEnumerable<string> Named(string folder, string name, string ending) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $"{name}.*")
            .Where(f => f.EndsWith(ending, StringComparison.Ordinal))
            .Where(f => Path.GetFileName(f)[name.Length..^ending.Length].Count(c => c is '.') <= 1)
            .Where(f => Path.GetFullPath(f) != Path.Combine(folder, name + ".yaml") || ending is ".yaml")
            .Order(StringComparer.Ordinal)
        : [];
}
