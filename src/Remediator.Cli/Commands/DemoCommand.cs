using System.CommandLine;
using Remediator.Cli.Output;

namespace Remediator.Cli.Commands;

internal static class DemoCommand
{
    public static Command Build(Func<ParseResult, Terminal> terminal)
    {
        var command = new TaughtCommand("demo", "x", "remediator demo");
        command.SetAction((parse, ct) => Task.FromResult(terminal(parse).IsJson ? 1 : 0));
        return command;
    }
}
