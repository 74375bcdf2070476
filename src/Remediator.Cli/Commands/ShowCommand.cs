using System.CommandLine;
using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>show INCIDENT</c>: all that the journal holds of it.</summary>
internal static class ShowCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var values = new Option<bool>("--values")
        {
            Description = "Show the values of the setting and the inputs of the calls too. They may hold secrets: mind who reads along.",
        };
        var command = new TaughtCommand("show", "Shows an incident: its history, what differs, the calls.", """
            remediator show 01AB-CD2E-3F4G
            remediator show 01AB-CD2E-3F4G --values --json
            """)
        {
            common.Incident, values,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var text = parse.GetValue(common.Incident)!;
            var id = IncidentId.TryParse(text, out var parsed) ? parsed : throw new UsageException(
                $"'{text}' is not an incident id; one looks like 01AB-CD2E-3F4G.");
            var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
            if (await foundation.Journal.FindAsync(id, ct) is not { } incident)
            {
                var missing = $"There is no incident {id} in this journal. 'remediator incidents' lists the open ones.";
                at.Outside.Error.WriteLine(missing);
                at.Error(ExitCodes.Problems, missing);
                return ExitCodes.Problems;
            }

            await Unsealed.WarnAsync(at, foundation, ct);
            IncidentText.Show(at.Screen, incident, parse.GetValue(values));
            at.Json(w => IncidentJson.Whole(w, incident, parse.GetValue(values)));
            return ExitCodes.Done;
        });
        return command;
    }
}
