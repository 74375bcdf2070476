using System.CommandLine;

namespace Remediator.Cli.Commands;

/// <summary>A command whose help shows how it is used.</summary>
internal sealed class TaughtCommand(string name, string description, string examples) : Command(name, description)
{
    public string Examples => examples;
}
