namespace Remediator.Emulator;

/// <summary>Pending invocations, and the one function process that waits for them.</summary>
/// <remarks>
/// A stopped function leaves its request for the next invocation open; the next function's request replaces it, so that no invocation is
/// lost.
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

    /// <summary>Returns the next invocation, or null if a newer request replaced this one or the queue was closed.</summary>
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
