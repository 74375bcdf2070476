using System.Globalization;
using System.Text;
using System.Text.Json;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Escalate;
using Remediator.Learn;
using Remediator.Values;
using static Remediator.Cli.Output.Page;

namespace Remediator.Cli.Learn;

/// <summary>A review for people and machines. What may be secret is left out.</summary>
internal static class ReviewText
{
    public static void Show(Screen screen, Review review)
    {
        screen.Line(Title(review), Tone.Heading);
        screen.Paragraph(Summary(review));
        foreach (var (heading, lines) in Parts(review))
        {
            screen.Line();
            screen.Line(heading, Tone.Heading);
            foreach (var line in lines)
            {
                screen.Paragraph($"  {line}");
            }
        }
    }

    public static void Write(Utf8JsonWriter w, Review review)
    {
        var (i, digest) = (review.Incident, review.Digest);
        w.WriteString("incident", i.Id);
        w.WriteString("state", i.State.ToString());
        w.WriteString("wrong", IncidentWords.Wrong(i));
        w.WriteString("rule", i.Rule.Name);
        w.WriteString("account", i.Resource.Account);
        w.WriteNumber("tookSeconds", review.Took.TotalSeconds);
        w.List("timeline", review.Timeline, moment =>
        {
            w.WriteString("at", moment.At);
            w.WriteNumber("afterSeconds", moment.After.TotalSeconds);
            w.WriteString("what", moment.What);
        });
        w.WriteStartObject("cause");
        w.WriteString("principal", digest.Principal);
        w.WriteString("stack", digest.Stack);
        w.Texts("says", review.Causes);
        w.WriteEndObject();
        w.Texts("shown", i.Shown?.Lines ?? []);
        w.Texts("done", Done(review));
        w.Texts("prevents", review.Prevents);
    }

    public static string Page(Review review)
    {
        var page = new StringBuilder(Head(Title(review)));
        page.AppendLine($"<header><h1>{Text(Title(review))}</h1><p>{Text(Summary(review))}</p></header><main id=\"main\" tabindex=\"-1\">");
        foreach (var (heading, lines) in Parts(review))
        {
            page.AppendLine($"<h2>{Text(heading)}</h2><ul>{string.Concat(lines.Select(l => $"<li>{Text(l)}</li>\n"))}</ul>");
        }

        return page.AppendLine("</main></body></html>").ToString();
    }

    private static string Title(Review review) => $"Review of incident {review.Incident.Id}";

    private static string Summary(Review review) =>
        $"{IncidentWords.Wrong(review.Incident)} ({IncidentWords.Account(review.Incident)}, {review.Incident.Region}; "
        + $"rule {review.Incident.Rule.Name}). {review.Incident.State} after {ReportText.Length(review.Took)}.";

    private static IEnumerable<(string Heading, IEnumerable<string> Lines)> Parts(Review review)
    {
        yield return ("What happened", review.Timeline.Select(m =>
            string.Create(CultureInfo.InvariantCulture, $"{m.At:u}  {After(m),6}  {PlainText.Line(m.What, 700)}")));
        yield return (
            "What was behind it",
            review.Causes.IsEmpty ? ["Not known: neither a principal nor a stack was found."] : review.Causes);
        if (review.Incident.Shown is { } evidence)
        {
            yield return ("What people were shown", evidence.Lines);
        }

        yield return ("What was done", Done(review) is [_, ..] done ? done : ["Nothing was changed."]);
        if (!review.Prevents.IsEmpty)
        {
            yield return ("What would prevent it", review.Prevents);
        }
    }

    private static string After(Moment moment) => moment.After == TimeSpan.Zero ? "" : $"+{ReportText.Length(moment.After)}";

    /// <summary>Only what was begun.</summary>
    private static List<string> Done(Review review) => review.Incident is { Change: { BeganAt: not null } change }
        ?
        [
            .. DifferenceLines.Of(change.Plan, withValues: false).Select(l => l.ToString()),
            .. change.Plan.Calls.Select(c => $"called {CallText.Of(c)}"),
            .. change.UndoCalls.Select(c => $"called to put it back: {CallText.Of(c)}"),
        ]
        : [];
}
