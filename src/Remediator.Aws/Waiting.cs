using System.Text.Json;

namespace Remediator.Aws;

/// <summary>Polls a call until its output meets a condition, for a limited time.</summary>
public static class Waiting
{
    /// <summary>
    /// Calls at once and then every <see cref="WaitLimits.Interval"/> until <paramref name="isDone"/> holds for the output or the time is
    /// over. After throttling and transient errors it continues; any other error is thrown.
    /// </summary>
    /// <exception cref="AwsException">The call failed with an error that is not temporary.</exception>
    public static async Task<WaitOutcome> UntilAsync(
        Func<CancellationToken, Task<JsonElement>> call,
        Func<JsonElement, bool> isDone,
        WaitLimits limits,
        TimeProvider clock,
        CancellationToken ct)
    {
        var deadline = clock.GetUtcNow() + limits.Longest;
        JsonElement? last = null;
        while (true)
        {
            last = await TryAsync(call, ct) ?? last;
            if (last is { } output && isDone(output))
            {
                return new WaitOutcome.Done(output);
            }

            if (clock.GetUtcNow() + limits.Interval > deadline)
            {
                return new WaitOutcome.TimeUp(last);
            }

            await Task.Delay(limits.Interval, clock, ct);
        }
    }

    private static async Task<JsonElement?> TryAsync(Func<CancellationToken, Task<JsonElement>> call, CancellationToken ct)
    {
        try
        {
            return await call(ct);
        }
        catch (AwsException passing) when (passing.Fault is AwsFault.Throttling or AwsFault.Transient)
        {
            return null;
        }
    }
}

/// <summary>The time limit and the interval.</summary>
public sealed record WaitLimits(TimeSpan Interval, TimeSpan Longest);

/// <summary>How a wait ended.</summary>
public abstract record WaitOutcome
{
    private WaitOutcome()
    {
    }

    /// <summary>The last output, if any.</summary>
    public JsonElement? Seen => this switch
    {
        Done(var output) => output,
        TimeUp(var last) => last,
        _ => null,
    };

    /// <summary>The output meets the condition.</summary>
    public sealed record Done(JsonElement Output) : WaitOutcome;

    /// <summary>The time is over; the last output, if any.</summary>
    public sealed record TimeUp(JsonElement? Last) : WaitOutcome;
}
