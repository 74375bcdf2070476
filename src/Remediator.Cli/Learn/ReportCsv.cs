using System.Globalization;
using Remediator.Cli.Listing;
using Remediator.Learn;

namespace Remediator.Cli.Learn;

/// <summary>
/// A report as comma-separated values: a line for each team, rule, or what it is by, and one for all. Times are in seconds.
/// </summary>
internal static class ReportCsv
{
    private static readonly (string Name, Func<Tally, double?> Value)[] Columns =
    [
        ("incidents", t => t.Incidents),
        ("fixed", t => t.Fixed),
        ("alreadyRight", t => t.AlreadyRight),
        ("asked", t => t.Asked),
        ("approved", t => t.Approved),
        ("undone", t => t.Undone),
        ("escalated", t => t.Escalated),
        ("observed", t => t.Observed),
        ("waiting", t => t.Waiting),
        ("open", t => t.Open),
        ("reverts", t => t.Reverts),
        ("settled", t => t.Settled),
        ("decided", t => t.Decided),
        ("alone", t => t.Alone),
        ("toRemediateMedian", t => Seconds(t.ToRemediate, t.ToRemediate.Median)),
        ("toRemediateP90", t => Seconds(t.ToRemediate, t.ToRemediate.P90)),
        ("toConfirmMedian", t => Seconds(t.ToConfirm, t.ToConfirm.Median)),
        ("toConfirmP90", t => Seconds(t.ToConfirm, t.ToConfirm.P90)),
    ];

    public static void Write(TextWriter to, Report report)
    {
        Csv.Line(to, [ReportText.Name(report.By), .. Columns.Select(c => c.Name), "hoursSaved"]);
        foreach (var (name, tally) in report.Lines.Append(("all", report.Total)))
        {
            Csv.Line(to, [name, .. Columns.Select(c => Text(c.Value(tally))), Text(tally.HoursSaved(report.MinutesPerChange))]);
        }
    }

    private static double? Seconds(Times times, TimeSpan time) => times.Count == 0 ? null : Math.Round(time.TotalSeconds);

    private static string Text(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";
}
