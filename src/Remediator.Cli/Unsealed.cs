using Remediator.Cli.Output;

namespace Remediator.Cli;

/// <summary>Says that what is shown of the journal is not proven to be the service's own.</summary>
internal static class Unsealed
{
    public static async Task WarnAsync(Terminal at, Foundation foundation, CancellationToken ct)
    {
        if (foundation.Key is { } key && await key.SealAsync(ct) is null)
        {
            at.Screen.Line(
                $"Not authenticated: the journal's key is not at hand ({CliSettings.KeyVariable}, and leave to kms:GenerateMac), so "
                + "its items are shown as they stand.",
                Tone.Warning);
        }
    }
}
