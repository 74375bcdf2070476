using System.Collections.Immutable;

namespace Remediator.EndToEnd.Tests.Permissions;

/// <summary>A line of a list beside the tests: <c>what action: reason</c>.</summary>
internal sealed record NotedLine(string About, string Action, string Why)
{
    public static ImmutableArray<NotedLine> Of(string file) =>
    [
        .. File.ReadLines(Remediator.Emulator.Repository.At("test", "Remediator.EndToEnd.Tests", "Permissions", file))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 3))
            .Select(parts => new NotedLine(parts[0], parts[1].TrimEnd(':'), parts[2])),
    ];
}
