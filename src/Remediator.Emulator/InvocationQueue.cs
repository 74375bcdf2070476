namespace Remediator.Emulator;

/// <summary>Invocations that wait for the function, and the one function that waits for them.</summary>
/// <remarks>
/// A function that was stopped leaves its request for work behind; the next one's takes its place, so that no invocation goes to the dead.
/// </remarks>
internal sealed class InvocationQueue
{
    private readonly Lock gate = new();
    private readonly Queue<PendingInvocation> waiting = new();
    private TaskCompletionSource<PendingInvocation?>? taker;
    private bool closed;

    public void Add(PendingInvocation pending)
    {
        lock (gate)
        {
            if (taker is { } waits)
            {
                taker = null;
                waits.SetResult(pending);
                return;
            }

            waiting.Enqueue(pending);
        }
    }

    /// <summary>Gives the next invocation, or null when another taker came or the queue was closed.</summary>
    public Task<PendingInvocation?> TakeAsync()
    {
        lock (gate)
        {
            taker?.SetResult(null);
            taker = null;
            if (closed)
            {
                return Task.FromResult<PendingInvocation?>(null);
            }

            if (waiting.TryDequeue(out var pending))
            {
                return Task.FromResult<PendingInvocation?>(pending);
            }

            taker = new TaskCompletionSource<PendingInvocation?>(TaskCreationOptions.RunContinuationsAsynchronously);
            return taker.Task;
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            taker?.SetResult(null);
            taker = null;
        }
    }
}
