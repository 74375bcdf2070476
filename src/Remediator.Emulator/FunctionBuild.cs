using System.Diagnostics;

namespace Remediator.Emulator;

/// <summary>Publishes the function from the working copy, as for a deployment.</summary>
internal static class FunctionBuild
{
    private static readonly SemaphoreSlim OneBuild = new(1);
    private static readonly Dictionary<bool, string> Built = [];

    /// <summary>
    /// The path of the executable under artifacts/. It is built once per process: both builds share the projects' obj folders.
    /// </summary>
    /// <param name="readyToRun">The build for a machine without the native toolchain.</param>
    /// <exception cref="EmulatorException">The build failed; the message has its output.</exception>
    public static async Task<string> PublishAsync(bool readyToRun, CancellationToken ct)
    {
        await OneBuild.WaitAsync(ct);
        try
        {
            return Built.TryGetValue(readyToRun, out var path) ? path : Built[readyToRun] = await BuildAsync(readyToRun, ct);
        }
        finally
        {
            OneBuild.Release();
        }
    }

    private static async Task<string> BuildAsync(bool readyToRun, CancellationToken ct)
    {
        var folder = Repository.At("artifacts", readyToRun ? "function-r2r" : "function-native");
        // A publish leaves what an earlier one put there, which would then be tested and measured as part of the package.
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish", Repository.At("src", "Remediator.Function"), "-c", "Release", "-o", folder, "--nologo", "-v", "q",
                $"-p:RemediatorReadyToRun={(readyToRun ? "true" : "false")}",
            ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
            // A build server would keep running after the process that started the build.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode is 0
            ? Path.Combine(folder, "Remediator.Function")
            : throw new EmulatorException($"dotnet publish of the function failed:\n{output}");
    }
}
