using System.Collections.Immutable;
using Remediator.Cli.Emulator;
using Remediator.Playbooks;

namespace Remediator.EndToEnd.Tests.Playbooks;

/// <summary>The playbooks and their cases, read from the working copy: after a change of a YAML file nothing has to be built.</summary>
internal static class PlaybookCases
{
    public static string PlaybookFolder { get; } = Repository.At("playbooks");

    private static string Folder { get; } = Repository.At("test", "Remediator.EndToEnd.Tests", "Playbooks", "Cases");

    public static ImmutableArray<string> Names { get; } = PlaybookLibrary.Names(Folder);

    /// <summary>Rules that no case runs, with the reason: <c>RULE playbook: reason</c> a line.</summary>
    public static ImmutableArray<string> WithoutCase { get; } =
    [
        .. File.ReadLines(Path.Combine(Folder, "without-case.txt")).Where(line => line.Length > 0 && !line.StartsWith('#')),
    ];

    public static PlaybookCase Load(string name) => PlaybookCaseReader.Read(name, File.ReadAllText(Path.Combine(Folder, name + ".yaml")));
}
