using System.Text.RegularExpressions;

namespace Remediator.Tests.Conventions;

/// <summary>Files of a readable size, and log events with unique ids.</summary>
public sealed partial class SizeTests
{
    private const int MostLines = 400;

    private const int MostColumns = 140;

    [Fact]
    public void No_file_is_longer_than_it_can_be_read() => Assert.DoesNotContain(
        Sources.All.Select(f => (f.Path, Lines: f.Text.Count(c => c == '\n'))), f => f.Lines > MostLines);

    [Fact]
    public void No_line_is_wider_than_a_screen() => Assert.Empty(
        from file in Sources.All
        from line in file.Text.Split('\n').Index()
        where line.Item.TrimEnd('\r').Length > MostColumns
        select $"{file.Path}:{line.Index + 1}");

    [Fact]
    public void Every_event_id_is_used_once()
    {
        var twice = Sources.Under("src")
            .SelectMany(f => EventId().Matches(f.Text).Select(m => (Id: m.Groups[1].Value, f.Path)))
            .GroupBy(e => e.Id)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(e => e.Path))}");

        Assert.Empty(twice);
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+)")]
    private static partial Regex EventId();
}
