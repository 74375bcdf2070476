using System.CommandLine;
using Remediator.Authoring.Checks;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Cli.Commands;

/// <summary><c>rollouts</c>: how far the rising rollouts of the policy are.</summary>
internal static class RolloutsCommand
{
    public static Command Build(CommonOptions common, Func<ParseResult, Terminal> terminal)
    {
        var command = new TaughtCommand(
            "rollouts",
            "Lists the rollouts that rise by themselves: the share in force, since when, and why one is held.",
            """
            remediator rollouts
            remediator pause --rollout rollout-0a1b2c3d4e --why 'release weekend'
            remediator resume --rollout rollout-0a1b2c3d4e --why 'the undo was a mistake'
            """)
        {
            common.Playbooks,
            common.Policy,
        };
        command.SetAction(async (parse, ct) =>
        {
            var at = terminal(parse);
            var (folder, file) = new CliSettings(
                at.Outside, parse.GetValue(common.Playbooks), parse.GetValue(common.Policy)).WorkingFiles();
            var said = PolicyRollout.Of(PolicyFile.Read(file, new PlaybookLibrary(folder)));
            var foundation = at.Outside.Connect(new CliSettings(at.Outside).ForJournal());
            await Unsealed.WarnAsync(at, foundation, ct);
            var book = await foundation.Journal.RolloutsAsync(ct);
            RolloutText.Show(at, book, [.. said.Where(r => book.Find(r.Id) is null)]);
            return book.Unbelieved is null ? ExitCodes.Done : ExitCodes.Problems;
        });
        return command;
    }
}
