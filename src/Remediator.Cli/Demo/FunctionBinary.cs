using Remediator.Cli.Output;
using Remediator.Emulator;

namespace Remediator.Cli.Demo;

/// <summary>The published function, and which of its builds it is.</summary>
internal sealed record FunctionBinary(string Path, string Kind)
{
    /// <summary>How often progress is reported while the function is built.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Native where this machine can make it, since that is what is deployed; ready-to-run otherwise.</summary>
    public static async Task<FunctionBinary> PublishAsync(Terminal at, CancellationToken ct)
    {
        var isNative = Toolchain.IsThere(at.Outside.Environment);
        at.Progress($"publishing the function, {(isNative ? "native" : "ready-to-run")}: a minute or two the first time");
        var build = FunctionBuild.PublishAsync(readyToRun: !isNative, ct);
        var begun = at.Outside.Clock.GetTimestamp();
        while (await Task.WhenAny(build, Task.Delay(Pause, at.Outside.Clock, ct)) != build)
        {
            at.Progress($"still publishing, for {at.Outside.Clock.GetElapsedTime(begun).TotalSeconds:0} s");
        }

        return new(await build, isNative ? "native" : "ready-to-run: no C compiler is on the PATH");
    }
}
