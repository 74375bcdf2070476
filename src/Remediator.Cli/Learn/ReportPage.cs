using System.Text;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Learn;
using static Remediator.Cli.Output.Page;

namespace Remediator.Cli.Learn;

/// <summary>A report as one page: the same figures as at the terminal, and the trend as a picture.</summary>
internal static class ReportPage
{
    public static string Of(Report report)
    {
        var page = new StringBuilder(Head("What became of findings"));
        page.AppendLine($"<header><h1>What became of findings</h1><p>{Text(ReportText.Summary(report))}</p><ul>");
        foreach (var sentence in ReportText.Sentences(report))
        {
            page.AppendLine($"<li>{Text(sentence)}</li>");
        }

        page.AppendLine("</ul></header><main id=\"main\" tabindex=\"-1\">");
        page.AppendLine("<h2>Over time</h2>").Append(TrendPicture.Of(report.Trend));
        Table(page, report);
        List(page, "What keeps drifting", report.Recurring.Select(ReportText.Drift));
        List(page, "Who is behind it", report.Causes.Select(c =>
            $"{c.Name}: {Totals.Count(c.Incidents, "incident")}, {Totals.Count(c.Reverts, "revert")}"));
        List(page, "What people undid", report.Lessons.Select(l => $"{l.Rule}: {l.Words}"));
        List(page, "How far rollouts are", report.Rollouts.Select(ReportText.Rollout));
        return page.AppendLine("</main></body></html>").ToString();
    }

    private static void Table(StringBuilder page, Report report)
    {
        var by = ReportText.Name(report.By);
        page.AppendLine($"<h2>By {by}</h2><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"By {by}\"><table>");
        page.AppendLine($"<caption>Times are median/p90</caption><thead><tr><th scope=\"col\">{by}</th>");
        page.AppendLine(string.Concat(ReportText.Columns.Select(c => $"<th scope=\"col\">{c.Name}</th>")))
            .AppendLine("</tr></thead><tbody>");
        foreach (var (name, tally) in report.Lines.Append(("all", report.Total)))
        {
            page.Append($"<tr><th scope=\"row\">{Text(name)}</th>");
            page.AppendLine($"{string.Concat(ReportText.Columns.Select(c => $"<td>{Text(c.Value(tally))}</td>"))}</tr>");
        }

        page.AppendLine("</tbody></table></div>");
    }

    private static void List(StringBuilder page, string heading, IEnumerable<string> lines)
    {
        var items = string.Concat(lines.Select(l => $"<li>{Text(l)}</li>\n"));
        if (items.Length > 0)
        {
            page.AppendLine($"<h2>{heading}</h2><ol>\n{items}</ol>");
        }
    }
}
