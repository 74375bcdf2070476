namespace Remediator.Cli.Output;

/// <summary>The meaning of a line; colour never says more than the words.</summary>
internal enum Tone
{
    Plain,
    Heading,
    Good,
    Warning,
    Bad,
    Quiet,
}
