using System.Diagnostics;
using System.Text.RegularExpressions;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Template;

/// <summary>What `sam build` runs, with a compiler that only records its arguments.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("build");

    private string Log => Path.Combine(_folder.FullName, "log");

    // In a container the sources are mounted read-only, but build_in_source builds right there.
    [Fact]
    public void A_build_in_a_container_is_not_told_to_work_in_the_sources() =>
        Assert.DoesNotContain("build_in_source", File.ReadAllText(Repository.At("samconfig.toml")), StringComparison.Ordinal);

    [Fact]
    public async Task A_build_writes_outside_of_the_sources_and_once_for_all_functions()
    {
        Compiler();

        await MakeAsync("build-RemediateFunction", "one");
        await MakeAsync("build-SweepFunction", "two");
        await MakeAsync("build-OperateFunction", "three");

        var publish = Assert.Single(await File.ReadAllLinesAsync(Log), line => line.StartsWith("publish", StringComparison.Ordinal))
            .Split(' ');
        Assert.StartsWith(_folder.FullName, publish[Array.IndexOf(publish, "--artifacts-path") + 1], StringComparison.Ordinal);
        Assert.StartsWith(_folder.FullName, publish[Array.IndexOf(publish, "-o") + 1], StringComparison.Ordinal);
        Assert.Single(publish, word => Regex.IsMatch(word, "^-p:RemediatorSources=[0-9a-f]{16}$"));
        Assert.All((string[])["one", "two", "three"], name =>
            Assert.Equal("built\n", File.ReadAllText(Path.Combine(_folder.FullName, name, "Remediator.Function"))));
    }

    [Fact]
    public async Task Another_way_to_build_is_another_build()
    {
        Compiler();

        await MakeAsync("build-RemediateFunction", "one");
        await MakeAsync("build-RemediateFunction", "two", "PROPERTIES=-p:RemediatorReadyToRun=true");

        Assert.Equal(2, (await File.ReadAllLinesAsync(Log)).Count(line => line.StartsWith("publish", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Compiler()
    {
        var file = Path.Combine(_folder.FullName, "dotnet");
        File.WriteAllText(file, $"""
            #!/bin/sh
            echo "$@" >> {Log}
            while [ $# -gt 0 ]; do [ "$1" = -o ] && mkdir -p "$2" && echo built > "$2/Remediator.Function"; shift; done
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task MakeAsync(string target, string artifacts, params string[] more)
    {
        var start = new ProcessStartInfo(
            "make", ["-C", Repository.Root, target, $"ARTIFACTS_DIR={Path.Combine(_folder.FullName, artifacts)}", .. more])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["XDG_CACHE_HOME"] = _folder.FullName;
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
    }
}
