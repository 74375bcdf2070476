using System.Diagnostics;

namespace Remediator.Emulator;

/// <summary>The Python environment with the emulator and the tools for the template.</summary>
internal static class Python
{
    /// <summary>Finds it, or creates it from tools/requirements.txt, and says so on standard error.</summary>
    /// <exception cref="EmulatorException">There is none and none could be created.</exception>
    public static async Task<string> FindAsync(CancellationToken ct)
    {
        var system = Environment.GetEnvironmentVariable("REMEDIATOR_PYTHON") is { Length: > 0 } named ? named : "python3";
        return (await RunAsync(system, [Repository.At("tools", "bootstrap.py")], Console.Error.WriteLine, ct)).Trim();
    }

    /// <summary>Runs a script and returns its standard output.</summary>
    /// <exception cref="EmulatorException">It failed; the message has its standard error.</exception>
    public static async Task<string> RunAsync(string python, IEnumerable<string> arguments, Action<string>? progress, CancellationToken ct)
    {
        using var process = Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
        var errors = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                errors.Add(text);
                progress?.Invoke(text);
            }
        };
        process.BeginErrorReadLine();
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return process.ExitCode is 0 ? output : throw new EmulatorException(string.Join('\n', errors));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new EmulatorException(
                $"{start.FileName} cannot be run ({fault.Message}). Install Python 3.10 or later, or name one in REMEDIATOR_PYTHON.",
                fault);
        }
    }
}
