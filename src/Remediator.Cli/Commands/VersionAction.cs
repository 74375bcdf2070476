using System.CommandLine;
using System.CommandLine.Invocation;

namespace Remediator.Cli.Commands;

/// <summary><c>--version</c>: the version and the commit, as a bug report needs them.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(BuildVersion.Text);
        return ExitCodes.Done;
    }
}
