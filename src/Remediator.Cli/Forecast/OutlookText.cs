using System.Collections.Immutable;
using System.Globalization;
using Remediator.Cli.Listing;
using Remediator.Cli.Operate;
using Remediator.Cli.Output;
using Remediator.Escalate;
using Remediator.Values;

namespace Remediator.Cli.Forecast;

/// <summary>An outlook for people at a terminal.</summary>
internal static class OutlookText
{
    private const int MostForms = 10;
    private const int LongestName = 30;

    private static readonly Expected[] Shown =
    [
        Expected.Change, Expected.Ask, Expected.Person, Expected.Wait, Expected.Right, Expected.Observe,
    ];

    public static void Show(Screen screen, Outlook outlook)
    {
        screen.Paragraph($"What {outlook.Policy} would do; in brackets what {outlook.InForce} does now", Tone.Heading);
        if (outlook.Stopped is { } why)
        {
            screen.Paragraph($"All changes are stopped: {why}. Until 'remediator start', none of it would be done.", Tone.Warning);
        }

        foreach (var (name, rows) in outlook.Tables)
        {
            screen.Line();
            var kinds = Shown.Where(k => rows.Any(r => r.Counts[(int)k] is not (_, 0, 0))).ToImmutableArray();
            var lines = Columns
                .Align([
                    [$"By {name}", .. kinds.Select(k => k.Name())],
                    .. rows.Select(r =>
                        (string[])[screen.Width is null ? r.Name : r.Name.Cut(LongestName), .. kinds.Select(k => Cell(r.Counts[(int)k]))]),
                ])
                .ToList();
            screen.Line(lines[0], Tone.Heading);
            lines.Skip(1).ToList().ForEach(line => screen.Line(line));
        }

        foreach (var kind in new[] { Expected.Change, Expected.Ask })
        {
            Forms(screen, outlook, kind);
        }

        foreach (var (n, suggestion) in outlook.Suggestions.Index())
        {
            if (n == 0)
            {
                screen.Line();
                screen.Line("What earlier changes suggest", Tone.Heading);
            }

            screen.Paragraph($"  {suggestion.Rule}: {suggestion.Says}");
        }

        screen.Line();
        screen.Paragraph(outlook.Summary, Tone.Heading);
        screen.Paragraph(outlook.Pace);
        screen.Paragraph(Outlook.NotKnown, Tone.Quiet);
    }

    private static string Cell((Expected Kind, int Then, int Now) count) => count is (_, 0, 0) ? "-"
        : count.Then == count.Now ? count.Then.ToString(CultureInfo.InvariantCulture)
        : $"{count.Then} ({count.Now})";

    private static void Forms(Screen screen, Outlook outlook, Expected kind)
    {
        var forms = outlook.Forms(kind).ToList();
        foreach (var (_, why, form) in forms.Take(MostForms))
        {
            screen.Line();
            screen.Line($"{Totals.Count(form.Incidents.Length, "plan")} of the form {form.First.Playbook}: {kind.Words()}", Tone.Heading);
            if (why.Length > 0)
            {
                screen.Line($"  {why}", Tone.Quiet);
            }

            PlanText.Differences(screen, form.Plan!, withValues: false);
            foreach (var call in form.Plan!.Calls)
            {
                screen.Line($"  calls {CallText.Of(call)}");
            }
        }

        if (forms.Count > MostForms)
        {
            screen.Line();
            screen.Line($"{forms.Count - MostForms} more forms: --html or --json has them.", Tone.Quiet);
        }
    }
}
