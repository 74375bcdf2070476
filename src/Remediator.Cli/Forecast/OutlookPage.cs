using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Remediator.Cli.Listing;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Escalate;
using Remediator.Values;

namespace Remediator.Cli.Forecast;

/// <summary>
/// An outlook as one page that needs no server and runs no script: tables with headings, groups that open by keyboard, light or dark as the
/// reader has it. Whatever comes from outside is escaped, and what may be secret is left out.
/// </summary>
internal static class OutlookPage
{
    private const string Style = """
        :root { color-scheme: light dark; --text: #1a1a1a; --back: #ffffff; --line: #c9c9c9; --quiet: #595959; --link: #0b57d0;
          --add: #0a6b2d; --del: #b3261e; --chg: #7a5200; --head: #f3f3f3 }
        @media (prefers-color-scheme: dark) { :root { --text: #e8e8e8; --back: #16181b; --line: #45494f; --quiet: #b0b5bc; --link: #8ab4f8;
          --add: #6fd08c; --del: #ff9a91; --chg: #f2c46b; --head: #22262b } }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); margin: 0 auto; max-width: 75rem;
          padding: 1rem }
        h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2rem }
        a { color: var(--link) } a.skip { position: absolute; left: -999rem } a.skip:focus { position: static }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
        .wide { overflow-x: auto } table { border-collapse: collapse; margin: .5rem 0 1rem }
        caption { text-align: left; font-weight: 600; padding: .3rem 0 }
        th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: right } thead th { background: var(--head) }
        tbody th, thead th:first-child { text-align: left; font-weight: 400; overflow-wrap: anywhere }
        .now, .quiet { color: var(--quiet) } summary { cursor: pointer; font-weight: 600 }
        details { border: 1px solid var(--line); border-radius: 4px; margin: .5rem 0; padding: .3rem .8rem }
        pre { overflow-x: auto; font: .9rem/1.5 ui-monospace, monospace }
        .add { color: var(--add) } .del { color: var(--del) } .chg { color: var(--chg) }
        @media print { details { break-inside: avoid } }
        """;

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

        return page.AppendLine("</main></body></html>").ToString();
    }

    private static void Open(StringBuilder page, Outlook outlook, DateTimeOffset now)
    {
        var title = $"What {outlook.Policy} would do";
        page.AppendLine(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
            + "initial-scale=1\">"
        );
        page.AppendLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        page.AppendLine($"<title>{Text(title)}</title><style>\n{Style}\n</style></head><body>");
        page.AppendLine("<a class=\"skip\" href=\"#main\">To the tables</a>");
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

    private static string Text(string text) => WebUtility.HtmlEncode(
        string.Concat(PlainText.Whole(text).EnumerateRunes().Select(r => PlainText.IsPrintable(r) ? r.ToString() : "\uFFFD")));
}
