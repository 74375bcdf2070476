using Remediator.Emulator;
using Remediator.Incidents;

namespace Remediator.Tests.Incidents;

/// <summary>The table for people: who moves an incident into which state.</summary>
internal static class MoveTable
{
    private const string Head = "found in";

    public static IReadOnlyList<(string State, string Mover, string Next)> InTheDocumentation => Read(
        "docs/architecture.md",
        line => line.StartsWith('|') ? [.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim(' ', '`'))] : null);

    public static IReadOnlyList<(string State, string Mover, string Next)> InTheCode => Read(
        "src/Remediator/Incidents/Transitions.cs",
        line =>
            line.StartsWith("/// ", StringComparison.Ordinal)
                ? line[4..].Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : null);

    private static List<(string State, string Mover, string Next)> Read(string file, Func<string, string[]?> cells)
    {
        var rows = File.ReadLines(Repository.At(file)).Select(cells).SkipWhile(row => row is not [Head, ..])
            .TakeWhile(row => row is { Length: > 2 }).ToList();
        var movers = rows[0]!.Skip(1).ToList();
        return
        [
            .. from row in rows.Skip(1)
               where !row![0].StartsWith('-')
               from at in Enumerable.Range(0, movers.Count)
               select (row[0], movers[at], row[at + 1]),
        ];
    }
}
