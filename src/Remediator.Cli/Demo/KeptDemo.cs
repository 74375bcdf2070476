using System.Collections.Immutable;
using Remediator.Cli.Output;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo;

/// <summary>Keeps the demo's emulator running, so that a person can try commands on it.</summary>
internal static class KeptDemo
{
    public static ImmutableSortedDictionary<string, string> Environment(Deployment deployment, MotoEmulator emulator, string policyFile) =>
        FunctionEnvironment
            .Of(deployment, "OperateFunction", emulator.Url.GetLeftPart(UriPartial.Authority), policyFile)
            .Where(v =>
                v.Key.StartsWith("AWS_", StringComparison.Ordinal)
                || v.Key
                    is CliSettings.JournalVariable
                        or CliSettings.KeyVariable
                        or CliSettings.TopicVariable
                        or "REMEDIATOR_QUEUE_URL"
                        or "REMEDIATOR_POLICY")
            .Append(new(CliSettings.AccountVariable, TemplateDeployer.Account))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Waits until the user stops it.</summary>
    public static async Task WaitAsync(
        Terminal at, ImmutableSortedDictionary<string, string> environment, string incident, CancellationToken ct)
    {
        at.Screen.Line("The emulator goes on. In another terminal:", Tone.Heading);
        foreach (var (name, value) in environment)
        {
            at.Screen.Line($"  export {name}={ShellWord.Quote(value)}");
        }

        at.Screen.Line("  remediator incidents");
        at.Screen.Line($"  remediator show {incident} --values");
        at.Screen.Line("  remediator plan");
        at.Screen.Line("  remediator undo --state fixed");
        at.Screen.Line("Ctrl-C ends it, and nothing of it is left.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, at.Outside.Clock, ct);
        }
        catch (OperationCanceledException)
        {
            at.Screen.Line("Ended.");
        }
    }
}
