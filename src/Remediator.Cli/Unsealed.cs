using Remediator.Cli.Output;

namespace Remediator.Cli;

/// <summary>Warns that the items shown are not verified by the journal's key.</summary>
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
