using System.Collections.Immutable;
using System.CommandLine;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>incidents</c>: what is open, or was.</summary>
internal static class IncidentsCommand
{
    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var open = new Option<bool>("--open") { Description = "All that are not closed; this is what is shown anyway." };
        var due = new Option<bool>("--due") { Description = "Only those that the next sweep takes up." };
        var csv = new Option<bool>("--csv") { Description = "Write comma-separated values, a line for each incident." };
        var filters = new FilterOptions(hasBy: true);
        var command = new TaughtCommand(
            "incidents",
            "Lists incidents, those that wait for a person first, by urgency, with totals and whether changes are allowed.",
            """
            remediator incidents
            remediator incidents --state escalated --severity critical --team shop
            remediator incidents --rule 'S3_*' --state all --since 7d --csv
            remediator incidents --json | jq -r '.incidents[] | select(.state == "Escalated") | .id'
            """)
        {
            open, due, csv,
        };
        filters.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(open) && result.GetValue(due))
            {
                result.AddError("--open and --due exclude each other.");
            }
        });
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            if (at.IsJson && parse.GetValue(csv))
            {
                throw new UsageException("--csv and --json exclude each other.");
            }

            var now = at.Outside.Clock.GetUtcNow();
            var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
            var filter = filters.Read(parse, now);
            var found = await new IncidentQuery(foundation.Journal).RunAsync(filter, ct);
            found = parse.GetValue(due) ? found with { Incidents = [.. found.Incidents.Where(i => i.Due <= now)] } : found;
            if (parse.GetValue(csv))
            {
                IncidentCsv.Write(at.Outside.Out, found.Incidents);
                Unreadable(Screen.For(at.Outside.Error, at.Outside.IsErrorTerminal, at.Outside.Environment), found);
            }
            else
            {
                await Unsealed.WarnAsync(at, foundation, ct);
                Show(at, found, await foundation.Journal.WhyStoppedAsync(ct), isAll: filter.IsEmpty && !parse.GetValue(due));
            }

            return found.Unreadable.IsEmpty ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }

    private static void Show(Terminal at, Found found, string? stopped, bool isAll)
    {
        if (stopped is not null)
        {
            at.Screen.Line($"All changes are stopped: {stopped}. 'remediator start' lets them go on.", Tone.Warning);
        }

        if (found.Incidents.IsEmpty)
        {
            Nothing(at.Screen, found, isAll);
        }
        else
        {
            IncidentList.Show(at.Screen, found.Incidents, at.Outside.Clock.GetUtcNow());
            at.Screen.Line();
            at.Screen.Paragraph(new Totals(found.Incidents).Words);
        }

        if (stopped is null)
        {
            at.Screen.Line("Changes are allowed, as far as the policy goes.", Tone.Quiet);
        }

        Unreadable(at.Screen, found);
        at.Json(w =>
        {
            if (stopped is not null)
            {
                w.WriteString("stopped"u8, stopped);
            }

            w.WriteBoolean("changesAllowed"u8, stopped is null);
            new Totals(found.Incidents).Write(w);
            w.List("incidents", found.Incidents, i => IncidentJson.Summary(w, i));
            w.Texts("unreadable", found.UnreadableNames);
        });
    }

    /// <summary>That there is nothing to do is said only where everything was looked at, and all of it could be read.</summary>
    private static void Nothing(Screen screen, Found found, bool isAll)
    {
        if (!isAll)
        {
            screen.Line($"No incident matches; {(found.Open == 1 ? "1 is" : $"{found.Open} are")} open in all.");
        }
        else if (found.Unreadable.IsEmpty)
        {
            screen.Line("No open incidents. Nothing to do.", Tone.Good);
        }
    }

    private static void Unreadable(Screen screen, Found found)
    {
        if (!found.Unreadable.IsEmpty)
        {
            screen.Line(
                $"What the journal holds of these cannot be read by this version: {string.Join(", ", found.UnreadableNames)}.", Tone.Bad);
            foreach (var why in found.Unreadable.Select(u => u.InnerException!.Message).Distinct())
            {
                screen.Line(why, Tone.Bad);
            }
        }
    }
}
