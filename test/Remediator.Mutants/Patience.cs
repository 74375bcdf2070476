using System.Diagnostics;

namespace Remediator.Mutants;

/// <summary>
/// Ends the process when a mutant makes the tests run for ever: by processor time, as the machine may be busy with other work.
/// </summary>
internal sealed class Patience
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);
    private const long Memory = 3L << 30;
    private readonly Lock sync = new();
    private readonly Action expired;
    private TimeSpan? processorLimit;
    private long started;

    internal Patience(Action expired)
    {
        this.expired = expired;
        new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();
    }

    internal void Start(TimeSpan processor)
    {
        lock (sync)
        {
            started = Stopwatch.GetTimestamp();
            processorLimit = Spent() + processor;
        }
    }

    internal void Stop()
    {
        lock (sync)
        {
            processorLimit = null;
        }
    }

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(Look);
            lock (sync)
            {
                if (processorLimit is { } limit
                    && (Spent() > limit
                        || Stopwatch.GetElapsedTime(started) > Idle + (5 * (limit - Spent()))
                        || Environment.WorkingSet > Memory))
                {
                    expired();
                }
            }
        }
    }

    private static TimeSpan Spent()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
