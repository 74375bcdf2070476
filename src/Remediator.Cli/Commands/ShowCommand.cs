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
            if (await NamedIncident.FindAsync(at, parse.GetValue(common.Incident)!, ct) is not { } incident)
            {
                return ExitCodes.Problems;
            }

            IncidentText.Show(at.Screen, incident, parse.GetValue(values));
            at.Json(w => IncidentJson.Whole(w, incident, parse.GetValue(values)));
            return ExitCodes.Done;
        });
        return command;
    }
}
