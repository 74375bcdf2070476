using System.Globalization;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Values;

namespace Remediator.Cli.Learn;

/// <summary>A report for people at a terminal.</summary>
internal static class ReportText
{
    private const int MostLines = 20;
    private const int LongestName = 40;

    /// <summary>What the columns of a report are, in each of its forms.</summary>
    public static readonly (string Name, Func<Tally, string> Value)[] Columns =
    [
        ("incidents", t => Number(t.Incidents)),
        ("fixed", t => Number(t.Fixed)),
        ("already right", t => Number(t.AlreadyRight)),
        ("asked", t => Number(t.Asked)),
        ("approved", t => Number(t.Approved)),
        ("undone", t => Number(t.Undone)),
        ("escalated", t => Number(t.Escalated)),
        ("observed", t => Number(t.Observed)),
        ("waiting", t => Number(t.Waiting)),
        ("reverts", t => Number(t.Reverts)),
        ("alone", t => Share(t.AloneShare)),
        ("to fix", t => Length(t.ToRemediate)),
        ("to confirm", t => Length(t.ToConfirm)),
    ];

    public static string Name(Grouping by) => by.ToString().ToLowerInvariant();

    public static string Share(double? share) => share is { } s ? s.ToString("0 %", CultureInfo.InvariantCulture) : "-";

    /// <summary>Median and, after the stroke, what nine of ten do not exceed.</summary>
    public static string Length(Times times) => times.Count == 0 ? "-" : $"{Length(times.Median)}/{Length(times.P90)}";

    public static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds}s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#}d"),
    };

    public static string Hours(Report report) => report.HoursSaved.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Summary(Report report) =>
        $"{Totals.Count(report.Total.Incidents, "incident")} opened from {Day(report.Since)} to {Day(report.Until)}; "
        + $"{report.Total.Open} open.";

    public static IEnumerable<string> Sentences(Report report)
    {
        var t = report.Total;
        yield return $"Handled without a person: {Share(t.AloneShare)} ({t.Alone} of {t.Decided} that are done or needed one, and were "
            + "not only observed).";
        yield return $"Time to remediate, median/p90: {Length(t.ToRemediate)}; until AWS Config confirmed: {Length(t.ToConfirm)}.";
        yield return $"Saved {Hours(report)} hours ({report.Rule}).";
    }

    public static string Drift(Recurring r) =>
        $"{r.Last.Resource.Type} {PlainText.Line(r.Last.Resource.Id, 200)} ({r.Last.Account}), rule {r.Last.Rule}: again {Times(r.Again)}; "
        + $"{(r.Cause is null ? "who is behind it is not known" : PlainText.Line(r.Cause, 200))}";

    public static string Rollout(RolloutState rollout) => $"{RolloutText.Says(rollout)}; {PlainText.Line(rollout.About, 200)}";

    public static string Times(int n) => n == 1 ? "once" : $"{n} times";

    public static void Show(Screen screen, Report report, string? rebuilt, IReadOnlyList<string> unreadable)
    {
        screen.Line(Summary(report), Tone.Heading);
        if (report.Total.Incidents > 0)
        {
            Figures(screen, report);
        }

        List(screen, "How far rollouts are", report.Rollouts.Select(Rollout));

        if (report.Unbelieved > 0)
        {
            screen.Paragraph(
                $"{Totals.Count(report.Unbelieved, "entry", "entries")} of the aggregate were not written by this service, or were changed "
                + "since: they are in no figure. --rebuild puts them right.",
                Tone.Bad);
        }

        if (unreadable is not [])
        {
            screen.Paragraph($"These cannot be read, and are in no figure: {string.Join(", ", unreadable)}.", Tone.Bad);
        }

        if (rebuilt is null)
        {
            screen.Paragraph(
                "What ended under a version without reports is counted once 'remediator report --rebuild' has run.", Tone.Quiet);
        }
    }

    private static void Figures(Screen screen, Report report)
    {
        screen.Line();
        Table(screen, report);
        screen.Line();
        foreach (var sentence in Sentences(report))
        {
            screen.Paragraph(sentence);
        }

        List(screen, "What keeps drifting", report.Recurring.Select(Drift));
        List(screen, "Who is behind it", report.Causes.Select(c =>
            $"{PlainText.Line(c.Name, 200)}: {Totals.Count(c.Incidents, "incident")}, {Totals.Count(c.Reverts, "revert")}"));
        List(screen, "What people undid", report.Lessons.Select(l => $"{l.Rule}: {l.Words}"));
    }

    private static List<string> Aligned(
        Screen screen, Report report, List<(string Name, Tally Tally)> lines, List<(string Name, Func<Tally, string> Value)> shown) =>
    [
        .. Output.Columns.Align(
        [
            [Name(report.By), .. shown.Select(c => c.Name)],
            .. lines.Select(l =>
                (string[])[screen.Width is null ? l.Name : l.Name.Cut(LongestName), .. shown.Select(c => c.Value(l.Tally))]),
            ["all", .. shown.Select(c => c.Value(report.Total))],
        ]),
    ];

    private static void Table(Screen screen, Report report)
    {
        // A terminal has room for what is there, and for so many columns; a pipe gets every one.
        var shown = Columns.Where(c => screen.Width is null || c.Value(report.Total) is not ("0" or "-")).ToList();
        var lines = report.Lines.Take(screen.Width is null ? int.MaxValue : MostLines).ToList();
        var text = Aligned(screen, report, lines, shown);
        while (text.Any(line => line.Length > screen.Width) && shown.Count > 1)
        {
            shown.RemoveAt(shown.Count - 1);
            text = Aligned(screen, report, lines, shown);
        }

        for (var n = 0; n < text.Count; n++)
        {
            screen.Line(text[n], n == 0 || n == text.Count - 1 ? Tone.Heading : Tone.Plain);
        }

        if (report.Lines.Length > lines.Count)
        {
            screen.Line($"{report.Lines.Length - lines.Count} more: --html, --csv and --json have them.", Tone.Quiet);
        }
    }

    private static void List(Screen screen, string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            screen.Line();
            screen.Line(heading, Tone.Heading);
            all.Take(MostLines / 2).ToList().ForEach(line => screen.Paragraph($"  {line}"));
        }
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
