using System.Collections.Immutable;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>The playbooks and their cases, read from the working copy: a changed YAML file needs no build.</summary>
internal static class PlaybookCases
{
    public static string PlaybookFolder { get; } = Repository.At("playbooks");

    private static string Folder { get; } = Repository.At("test", "Remediator.EndToEnd.Tests", "Playbooks", "Cases");

    private static string StandIns { get; } = Repository.At("test", "Remediator.EndToEnd.Tests", "Playbooks", "StandIns");

    public static ImmutableArray<string> Names { get; } = PlaybookLibrary.Names(Folder);

    public static PlaybookCase Load(string name) => PlaybookCaseReader.Read(name, File.ReadAllText(Path.Combine(Folder, name + ".yaml")));

    public static string StandIn(string name) => File.ReadAllText(Path.Combine(StandIns, name + ".yaml"));
}
