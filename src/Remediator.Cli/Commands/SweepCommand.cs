using System.CommandLine;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Sweep;
using Remediator.Values;

namespace Remediator.Cli.Commands;

/// <summary><c>sweep</c>: one pass over what is due.</summary>
internal static class SweepCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var command = new TaughtCommand("sweep", "Handles the open incidents that are due, once, as the scheduled function does.", """
            remediator sweep
            remediator sweep --json
            """)
        {
            common.Playbooks, common.Policy,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var settings = await new CliSettings(at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy))
                .ForChangesAsync(ct);
            var session = Session.Open(at.Outside, settings, CliSettings.ReadPolicy(settings));
            at.Progress("looking for incidents that are due");
            var swept = await session.Service.Sweeper.SweepAsync(ct);
            at.Screen.Line($"{swept.Seen} due, {swept.Failed} could not be handled.", swept.Failed == 0 ? Tone.Good : Tone.Bad);
            at.Json(w =>
            {
                w.WriteNumber("seen", swept.Seen);
                w.WriteNumber("failed", swept.Failed);
            });
            return swept.Failed == 0 ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }
}
