using System.IO.Compression;
using System.Security.Cryptography;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary><c>tools/bootstrap.py</c> makes the emulator's Python of what is locked and of nothing else.</summary>
public sealed class BootstrapTests : IDisposable
{
    private const string Needed =
        """
        import importlib.metadata, re, sys
        from pip._vendor.packaging.requirements import Requirement

        def key(name): return re.sub("[-_.]+", "-", name).lower()

        asked, done = [Requirement(r) for r in sys.argv[1:]], set()
        while asked:
            requirement = asked.pop()
            for extra in requirement.extras | {""}:
                if (key(requirement.name), extra) in done: continue
                done.add((key(requirement.name), extra))
                more = map(Requirement, importlib.metadata.requires(requirement.name) or [])
                asked += [r for r in more if r.marker is None or r.marker.evaluate({"extra": extra})]
        for name in sorted({n for n, _ in done}): print(name)
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("bootstrap");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Everything_that_the_emulator_needs_is_locked()
    {
        var python = await Python.FindAsync(CancellationToken.None);
        var asked = File.ReadLines(Repository.At("tools", "requirements.in")).Where(l => l is not ("" or ['#', ..]));
        var needed = await Python.RunAsync(python, ["-c", Needed, .. asked], progress: null, CancellationToken.None);

        var locked = File.ReadLines(Repository.At("tools", "requirements.txt")).Select(l => l.Split('=', '[')[0]);
        Assert.Empty(Lines(needed).Except(locked));
        Assert.Contains("moto\n", needed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_the_locked_hash_is_installed()
    {
        var wheel = Wheel();
        await LockAsync(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(wheel))));

        var python = Lines(await BootstrapAsync(wheel))[^1];
        var said = await Python.RunAsync(python, ["-c", "import locked; print(locked.SEVEN)"], progress: null, CancellationToken.None);

        Assert.Equal("7", said.Trim());
    }

    [Fact]
    public async Task A_file_with_another_hash_is_refused_and_the_remedy_said()
    {
        await LockAsync(new string('0', 64));

        var fault = await Assert.ThrowsAsync<EmulatorException>(() => BootstrapAsync(Wheel()));

        Assert.Contains("DO NOT MATCH THE HASHES", fault.Message, StringComparison.Ordinal);
        Assert.Contains("To go on: ", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>In a tree that has only this, with a folder in place of the package index.</summary>
    private Task<string> BootstrapAsync(string wheel) =>
        Python.RunAsync(
            "/usr/bin/env",
            ["PIP_NO_INDEX=1", $"PIP_FIND_LINKS={Path.GetDirectoryName(wheel)}", "python3", _root + "/tools/bootstrap.py"],
            progress: null,
            CancellationToken.None);

    private async Task LockAsync(string hash)
    {
        var tools = _root.CreateSubdirectory("tools").FullName;
        File.Copy(Repository.At("tools", "bootstrap.py"), Path.Combine(tools, "bootstrap.py"));
        await File.WriteAllTextAsync(Path.Combine(tools, "requirements.in"), "locked==1.0\n");
        await File.WriteAllTextAsync(Path.Combine(tools, "requirements.txt"), $"locked==1.0 \\\n    --hash=sha256:{hash}\n");
    }

    /// <summary>A package of one module, as pip takes it.</summary>
    private string Wheel()
    {
        var path = Path.Combine(_root.CreateSubdirectory("wheels").FullName, "locked-1.0-py3-none-any.whl");
        using var wheel = ZipFile.Open(path, ZipArchiveMode.Create);
        Write("locked.py", "SEVEN = 7\n");
        Write("locked-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: locked\nVersion: 1.0\n");
        Write("locked-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Write("locked-1.0.dist-info/RECORD", "locked.py,,\n");
        return path;

        void Write(string name, string text)
        {
            using var entry = new StreamWriter(wheel.CreateEntry(name).Open());
            entry.Write(text);
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
