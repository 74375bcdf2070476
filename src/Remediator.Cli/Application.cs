using System.CommandLine;
using System.CommandLine.Invocation;
using Remediator.Cli.Commands;
using Remediator.Cli.Output;
using Remediator.Cli.Use;

namespace Remediator.Cli;

/// <summary>The command from its arguments to its exit code.</summary>
internal static class Application
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Outside outside, CancellationToken ct)
    {
        outside = outside with { Own = outside.Environment, Environment = StoredSettings.Under(outside.Environment) };
        var parse = CommandLine.Build(outside).Parse(arguments);
        if (parse.Action is ParseErrorAction usage)
        {
            ErrorJson.Write(outside, arguments, ExitCodes.Usage, string.Join(' ', parse.Errors.Select(e => e.Message)));
            return ExplainUsage(parse, usage, outside);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = outside.Out,
                Error = outside.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parse.InvokeAsync(configuration, ct);
        }
        catch (Exception fault)
        {
            var failure = Failure.Of(fault);
            ErrorJson.Write(outside, arguments, failure.ExitCode, failure.Text);
            Screen.For(outside.Error, outside.IsErrorTerminal, outside.Environment).Line(failure.Text, Tone.Bad);
            return failure.ExitCode;
        }
    }

    private static int ExplainUsage(ParseResult parse, ParseErrorAction usage, Outside outside)
    {
        // Without arguments, the help is shown.
        usage.ShowHelp = parse.Tokens.Count == 0;
        parse.Invoke(new() { Output = outside.Error, Error = outside.Error });
        var path = string.Join(' ', CommandLine.PathOf(parse.CommandResult));
        outside.Error.WriteLine($"'{path} --help' shows how it is used.");
        return ExitCodes.Usage;
    }
}
