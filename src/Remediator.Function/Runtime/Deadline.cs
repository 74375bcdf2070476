namespace Remediator.Function.Runtime;

/// <summary>A token that fires a margin before an invocation's deadline, or when the process is asked to stop.</summary>
internal sealed class Deadline : IDisposable
{
    /// <summary>The longest that Lambda lets a function run.</summary>
    public static readonly TimeSpan LongestInvocation = TimeSpan.FromMinutes(15);

    private readonly CancellationTokenSource timed;
    private readonly CancellationTokenRegistration stop;

    private Deadline(TimeSpan left, TimeProvider clock, CancellationToken stopping)
    {
        timed = new CancellationTokenSource(left, clock);
        stop = stopping.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timed);
    }

    public CancellationToken Token => timed.Token;

    public static Deadline Of(DateTimeOffset deadline, TimeSpan margin, TimeProvider clock, CancellationToken stopping)
    {
        var left = deadline - clock.GetUtcNow() - margin;
        // A caller of the Runtime API other than Lambda may name a deadline that no timer can wait for.
        return new Deadline(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestInvocation ? left : LongestInvocation, clock, stopping);
    }

    public void Dispose()
    {
        stop.Dispose();
        timed.Dispose();
    }
}
