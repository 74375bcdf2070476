using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Remediator.Cli.Commands;

/// <summary>The usual help, then examples and the exit codes.</summary>
internal sealed class TeachingHelp(HelpAction usual, string rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in (parseResult.CommandResult.Command is TaughtCommand taught ? taught.Examples : rootExamples).Split('\n'))
        {
            output.WriteLine($"  {line.TrimEnd('\r')}");
        }

        output.WriteLine();
        output.WriteLine(ExitCodes.Help);
        return result;
    }
}
