using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Remediator.Cli.Listing;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Escalate;
using static Remediator.Cli.Output.Page;

namespace Remediator.Cli.Forecast;

/// <summary>
/// An outlook as one page that needs no server and runs no script: tables with headings, groups that open by keyboard, light or dark as the
/// reader has it. Whatever comes from outside is escaped, and what may be secret is left out.
/// </summary>
internal static class OutlookPage
{
    public static string Of(Outlook outlook, DateTimeOffset now)
    {
        var page = new StringBuilder();
        Open(page, outlook, now);
        foreach (var (name, rows) in outlook.Tables)
        {
            Table(page, name, rows);
        }

        foreach (var kind in Enum.GetValues<Expected>().Where(k => outlook.Count(k) > 0))
        {
            page.AppendLine($"<h2 id=\"{kind.Name()}\">{outlook.Count(kind)} {Text(kind.Name())}: {Text(kind.Words())}</h2>");
            foreach (var (_, why, form) in outlook.Forms(kind))
            {
                Form(page, why, form);
            }
        }

        if (!outlook.Suggestions.IsEmpty)
        {
            page.AppendLine("<h2>What earlier changes suggest</h2><ul>");
            page.AppendLine(string.Concat(outlook.Suggestions.Select(s => $"<li>{Text(s.Rule)}: {Text(s.Says)}</li>"))).AppendLine("</ul>");
        }

        return page.AppendLine("</main></body></html>").ToString();
    }

    private static void Open(StringBuilder page, Outlook outlook, DateTimeOffset now)
    {
        var title = $"What {outlook.Policy} would do";
        page.Append(Page.Head(title));
        page.AppendLine($"<header><h1>{Text(title)}</h1><p>{Text(outlook.Summary)} {Text(outlook.Pace)}</p>");
        page.AppendLine($"<p class=\"quiet\">Made {now.ToString("u", CultureInfo.InvariantCulture)} from the live state. Compared with");
        page.AppendLine($"{Text(outlook.InForce)} whose counts stand in brackets. {Text(Outlook.NotKnown)}</p>");
        if (outlook.Stopped is { } why)
        {
            page.AppendLine($"<p><strong>All changes are stopped: {Text(why)}.</strong></p>");
        }

        page.AppendLine("</header><nav aria-label=\"Ends\"><ul>");
        foreach (var kind in Enum.GetValues<Expected>().Where(k => outlook.Count(k) > 0))
        {
            page.AppendLine($"<li><a href=\"#{kind.Name()}\">{outlook.Count(kind)} {Text(kind.Name())}</a>: {Text(kind.Words())}</li>");
        }

        page.AppendLine("</ul></nav><main id=\"main\" tabindex=\"-1\">");
    }

    private static void Table(StringBuilder page, string name, ImmutableArray<OutlookRow> rows)
    {
        page.AppendLine($"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"By {name}\"><table><caption>By {name}</caption>");
        page.AppendLine($"<thead><tr><th scope=\"col\">{Text(name)}</th>");
        page.AppendLine(string.Concat(Enum.GetValues<Expected>().Select(k => $"<th scope=\"col\">{k.Name()}</th>")))
            .AppendLine("</tr></thead><tbody>");
        foreach (var row in rows)
        {
            page.Append($"<tr><th scope=\"row\">{Text(row.Name)}</th>");
            foreach (var (_, then, before) in row.Counts)
            {
                page.Append($"<td>{then}{(then == before ? "" : $" <span class=\"now\">({before})</span>")}</td>");
            }

            page.AppendLine("</tr>");
        }

        page.AppendLine("</tbody></table></div>");
    }

    private static void Form(StringBuilder page, string why, PlanForm form)
    {
        var first = form.First;
        var what = form.Plan is null
            ? $"{Totals.Count(form.Incidents.Length, "incident")} of rule {first.Rule.Name}"
            : $"{Totals.Count(form.Incidents.Length, "plan")} of the form {first.Playbook}";
        page.AppendLine($"<details><summary>{Text(what)}</summary>");
        if (why.Length > 0)
        {
            page.AppendLine($"<p>{Text(why)}</p>");
        }

        if (form.Plan is { } plan)
        {
            page.Append("<pre>");
            foreach (var line in DifferenceLines.Of(plan, withValues: false))
            {
                page.Append($"<span class=\"{Class(line.Sign)}\">{Text(line.ToString())}</span>\n");
            }

            page.AppendLine("</pre><p>Calls:</p><ul>");
            page.AppendLine(string.Concat(plan.Calls.Select(c => $"<li><code>{Text(CallText.Of(c))}</code></li>"))).AppendLine("</ul>");
        }

        page.AppendLine("<p>Incidents:</p><ul>");
        foreach (var i in form.Incidents)
        {
            page.Append($"<li><code>{Text(i.Id)}</code> {Text(IncidentWords.Account(i))} {Text(i.Resource.Region)} ");
            page.AppendLine($"{Text(i.Resource.Type)} {Text(i.Resource.Id)}, rule {Text(i.Rule.Name)}</li>");
        }

        page.AppendLine("</ul></details>");
    }

    private static string Class(char sign) => sign switch
    {
        '+' => "add",
        '-' => "del",
        '~' => "chg",
        _ => "step",
    };
}
