namespace Remediator.Cli.Output;

/// <summary>How a line is meant; colour only ever repeats what the words say.</summary>
internal enum Tone
{
    Plain,
    Heading,
    Good,
    Warning,
    Bad,
    Quiet,
}
