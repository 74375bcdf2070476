using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Remediator.Emulator;

/// <summary>The published function, started and driven as Lambda does.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    // The variables that any program needs; nothing else of this environment, above all no credentials, reaches the function.
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "DOTNET_ROLL_FORWARD"];

    private readonly Process process;
    private readonly RuntimeApiServer api;
    private readonly OutputTail errors;

    private FunctionProcess(Process process, RuntimeApiServer api)
    {
        this.process = process;
        this.api = api;
        errors = OutputTail.Of(process);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                Output.Enqueue(text);
            }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>The lines of its standard output: its logs and metrics.</summary>
    public ConcurrentQueue<string> Output { get; } = [];

    /// <summary>Processor time so far; only while it runs.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Its peak memory in bytes; only while it runs.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>The trace of each invocation from now on, as the Runtime API names it.</summary>
    public void TraceAs(string header) => api.Trace = () => header;

    /// <param name="executable">The published executable, or its .dll.</param>
    /// <param name="environment">The function's environment; the address of the Runtime API is added.</param>
    public static FunctionProcess Start(string executable, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var api = RuntimeApiServer.Start();
        var start = Path.GetExtension(executable) is ".dll"
            ? new ProcessStartInfo("dotnet", [executable])
            : new ProcessStartInfo(executable);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(executable));
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Address;
        return new FunctionProcess(Process.Start(start)!, api);
    }

    /// <summary>Sends one event and returns the answer.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="timeout">The function's timeout.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="alias">The alias that is invoked; null for the function itself.</param>
    /// <exception cref="EmulatorException">The function reported that it cannot start, or it ended.</exception>
    public async Task<FunctionAnswer> InvokeAsync(
        ReadOnlyMemory<byte> payload, TimeSpan timeout, CancellationToken ct, string? alias = null)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var answer = api.InvokeAsync(payload, timeout, abandon.Token, alias);
        var first = await Task.WhenAny(answer, api.InitError, process.WaitForExitAsync(abandon.Token));
        if (first == answer)
        {
            return await answer;
        }

        await abandon.CancelAsync();
        ct.ThrowIfCancellationRequested();
        throw new EmulatorException(first == api.InitError
            ? $"The function cannot start: {System.Text.Encoding.UTF8.GetString(api.InitError.Result.Payload)}"
            : $"The function ended with exit code {process.ExitCode} before it answered.\n{errors}\n{Output.LastOrDefault()}");
    }

    /// <summary>Asks it to stop, as Lambda does, and returns its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken ct)
    {
        if (!process.HasExited)
        {
            _ = Kill(process.Id, Terminate);
        }

        return await EndAsync(ct);
    }

    /// <summary>Waits until it has ended by itself, and returns its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct).WaitAsync(StopLimit, ct);
        return process.ExitCode;
    }

    /// <summary>Kills it, as a crash would.</summary>
    public async Task CrashAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        process.Dispose();
        await api.DisposeAsync();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
