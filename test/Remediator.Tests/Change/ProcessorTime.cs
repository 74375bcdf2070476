using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Remediator.Tests.Change;

/// <summary>
/// What a thread has used of the processor, whatever else runs: for work that stays on one thread. Where the system does not tell it for a
/// thread, that of the process.
/// </summary>
internal static class ProcessorTime
{
    private const int ThreadClock = 3;

    public static TimeSpan OfThisThread()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Process.GetCurrentProcess().TotalProcessorTime;
        }

        return ReadClock(ThreadClock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : throw new InvalidOperationException($"clock_gettime failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadClock(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
