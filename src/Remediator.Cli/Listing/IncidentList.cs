using System.Collections.Immutable;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Listing;

/// <summary>
/// Incidents for people. On a narrow terminal each has two lines or three, on a wide one a line; in a pipe a line of any length, with
/// nothing cut.
/// </summary>
internal static class IncidentList
{
    /// <summary>From this width on, a line has room for everything.</summary>
    private const int WideFrom = 130;

    private const int LongestName = 14;

    /// <summary>The resource's id is cut to this length, to leave room for what is wrong with it.</summary>
    private const int ShortResource = 28;

    private static readonly string[] Headings = ["Incident", "State", "Severity", "Team", "Account", "Age"];

    public static void Show(Screen screen, ImmutableArray<Incident> incidents, DateTimeOffset now)
    {
        var (isCut, isWide) = (screen.Width is not null, screen.Width is not < WideFrom);
        string[][] rows = [.. incidents.Select(i => Row(i, now, isCut))];
        var room = isWide ? Room(screen, rows) : screen.Width - 3;
        string[] headings = isWide ? [.. Headings, "What is wrong"] : Headings;
        var lines = Columns.Align([headings, .. rows.Select((r, n) => isWide ? [.. r, Sentence(incidents[n], room)] : r)]).ToList();
        screen.Line(lines[0], Tone.Heading);
        for (var n = 0; n < incidents.Length; n++)
        {
            screen.Line(lines[n + 1], IncidentWords.ToneOf(incidents[n]));
            foreach (var line in isWide ? [] : Below(incidents[n], room!.Value))
            {
                screen.Line(line, Tone.Quiet);
            }
        }
    }

    private static string[] Row(Incident i, DateTimeOffset now, bool isCut) =>
        [
            i.Id,
            i.State.StoredName(),
            i.Terms.Severity.Name(),
            Name(i.Terms.Owner is { Length: > 0 } team ? team : "-", isCut),
            Name(IncidentWords.Account(i), isCut),
            IncidentWords.Age(i, now),
        ];

    private static string Name(string text, bool isCut) => isCut && text.Length > LongestName ? text.Cut(LongestName) : text;

    private static int? Room(Screen screen, string[][] rows) => screen.Width - 2 - Enumerable.Range(0, Headings.Length)
        .Sum(c => 2 + Math.Max(Headings[c].Length, rows.Max(r => r[c].Length)));

    /// <summary>What is wrong, and what has become of it, in a line where there is room, else in two.</summary>
    private static string[] Below(Incident i, int room)
    {
        var (wrong, words) = (IncidentWords.Wrong(i, ShortResource), IncidentWords.Words(i));
        return wrong.Length + 2 + words.Length <= room ? [$"  {wrong}; {words}"] : [$"  {wrong.Cut(room)}", $"    {words.Cut(room - 2)}"];
    }

    /// <summary>What is wrong, and what has become of it; where room is short, the first is cut.</summary>
    private static string Sentence(Incident i, int? room)
    {
        var (wrong, words) = (IncidentWords.Wrong(i, room is < WideFrom ? ShortResource : int.MaxValue), IncidentWords.Words(i));
        return room is not { } most || wrong.Length + 2 + words.Length <= most
            ? $"{wrong}; {words}"
            : $"{wrong.Cut(Math.Max(20, most - 2 - words.Length))}; {words}".Cut(Math.Max(24, most));
    }
}
