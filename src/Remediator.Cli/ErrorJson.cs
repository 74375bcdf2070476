using Remediator.Cli.Output;

namespace Remediator.Cli;

/// <summary>What went wrong, for machines: with --json, standard output has one object in any case.</summary>
internal static class ErrorJson
{
    public static void Write(Outside outside, IReadOnlyList<string> arguments, int exitCode, string message)
    {
        if (arguments.Contains("--json"))
        {
            // On a terminal it stands out by that word; the object is called so.
            const string mark = "error: ";
            new Terminal(outside, isJson: true).Error(
                exitCode, message.StartsWith(mark, StringComparison.Ordinal) ? message[mark.Length..] : message);
        }
    }
}
