using Remediator.Cli.Output;
using Remediator.Emulator;

namespace Remediator.Cli.Demo;

/// <summary>The published function, and which of its builds it is.</summary>
internal sealed record FunctionBinary(string Path, string Kind)
{
    /// <summary>Native where this machine can make it, since that is what is deployed; ready-to-run otherwise.</summary>
    public static async Task<FunctionBinary> PublishAsync(Terminal at, CancellationToken ct)
    {
        var isNative = Toolchain.IsThere(at.Outside.Environment);
        at.Progress($"publishing the function, {(isNative ? "native" : "ready-to-run")}: a minute or two the first time");
        return new(await FunctionBuild.PublishAsync(readyToRun: !isNative, ct), isNative ? "native" : "ready-to-run: no C compiler is on the PATH");
    }
}
