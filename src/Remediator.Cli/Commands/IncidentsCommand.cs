using System.CommandLine;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>incidents</c>: what is open.</summary>
internal static class IncidentsCommand
{
    private static readonly string[] Headings = ["Incident", "State", "Reason", "Account", "Region", "Resource", "Rule", "Due"];

    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var open = new Option<bool>("--open") { Description = "All that are not closed; this is what is shown anyway." };
        var due = new Option<bool>("--due") { Description = "Only those that the next sweep takes up." };
        var account = new Option<string[]>("--account") { Description = "Only of this account; may be repeated.", HelpName = "ID" };
        var command = new TaughtCommand("incidents", "Lists the open incidents of the journal, the soonest due first, and says whether all changes are stopped.", """
            remediator incidents
            remediator incidents --due --account 123456789012
            remediator incidents --json | jq -r '.incidents[] | select(.state == "Escalated") | .id'
            """)
        {
            open, due, account,
        };
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
            var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
            var journal = foundation.Journal;
            var found = parse.GetValue(due) ? journal.DueAsync(at.Outside.Clock.GetUtcNow(), ct) : journal.OpenAsync(ct);
            var accounts = parse.GetValue(account) ?? [];
            var incidents = new List<Incident>();
            var unreadable = await ReadAsync(found.Where(i => accounts is [] || accounts.Contains(i.Resource.Account)), incidents);
            await Unsealed.WarnAsync(at, foundation, ct);
            Show(at, incidents, unreadable, await journal.WhyStoppedAsync(ct));
            return unreadable is null ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }

    /// <summary>Gives what cannot be read: it comes after all that can.</summary>
    private static async Task<UnreadableIncidentException?> ReadAsync(IAsyncEnumerable<Incident> found, List<Incident> incidents)
    {
        try
        {
            await foreach (var incident in found)
            {
                incidents.Add(incident);
            }

            return null;
        }
        catch (UnreadableIncidentException e)
        {
            return e;
        }
    }

    private static void Show(Terminal at, List<Incident> incidents, UnreadableIncidentException? unreadable, string? stopped)
    {
        if (stopped is not null)
        {
            at.Screen.Line($"All changes are stopped: {stopped}. 'remediator start' lets them go on.", Tone.Warning);
        }

        if (incidents.Count == 0)
        {
            at.Screen.Line("No open incidents.", Tone.Good);
        }
        else
        {
            at.Screen.Table(Headings, [.. incidents.Select(Row)]);
        }

        if (unreadable is not null)
        {
            at.Screen.Line(
                $"What the journal holds of these cannot be read by this version: {string.Join(", ", unreadable.Incidents)}.", Tone.Bad);
            at.Screen.Line(unreadable.InnerException!.Message, Tone.Bad);
        }

        at.Json(w =>
        {
            if (stopped is not null)
            {
                w.WriteString("stopped"u8, stopped);
            }

            w.List("incidents", incidents, i => IncidentJson.Summary(w, i));
            w.Texts("unreadable", unreadable?.Incidents ?? []);
        });
    }

    private static IReadOnlyList<string> Row(Incident i) =>
    [
        i.Id, i.State.ToString(), i.Reason?.Name() ?? "", i.Resource.Account, i.Resource.Region, $"{i.Resource.Type} {i.Resource.Id}", i.Rule.Name, $"{i.Due:u}",
    ];
}
