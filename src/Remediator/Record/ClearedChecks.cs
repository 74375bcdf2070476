using System.Collections.Concurrent;
using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// What a busy process saw clear within the last seconds it does not ask for again: a thousand changes a second do not meet at the stop and
/// the breakers. One that has little to do asks each time, and a half-open breaker is never taken for clear.
/// </summary>
internal sealed class ClearedChecks(TimeProvider clock)
{
    /// <summary>Changes that began within a window of <see cref="Limits.StopKnownFor"/>: fewer are not worth to know less for.</summary>
    private const int Busy = 5;

    private readonly Lock gate = new();
    private DateTimeOffset window;
    private int begun;

    private readonly ConcurrentDictionary<(string Name, DateTimeOffset Ends), DateTimeOffset> seen = new();

    /// <summary>When it was last seen that changes are not stopped.</summary>
    public DateTimeOffset NotStoppedAt => seen.GetValueOrDefault(KeyOf(null));

    /// <param name="checks">Breakers; null for the stop.</param>
    public IEnumerable<Budget?> NotLately(IEnumerable<Budget?> checks)
    {
        var now = clock.GetUtcNow();
        var isBusy = IsBusy(now);
        return checks.Where(c => !isBusy || now - seen.GetValueOrDefault(KeyOf(c)) >= Limits.StopKnownFor);
    }

    private bool IsBusy(DateTimeOffset now)
    {
        lock (gate)
        {
            (window, begun) = now - window >= Limits.StopKnownFor ? (now, 1) : (window, begun + 1);
            return begun > Busy;
        }
    }

    public void Saw(IEnumerable<BeginCheck> clear, DateTimeOffset at)
    {
        foreach (var old in seen.Where(s => at - s.Value >= Limits.StopKnownFor))
        {
            seen.TryRemove(old);
        }

        foreach (var check in clear.Where(c => !c.IsHalfOpen))
        {
            seen[KeyOf(check.Breaker)] = at;
        }
    }

    /// <summary>Somebody here stopped changes, or counted a failure: what was seen before may be so no longer.</summary>
    public void Forget() => seen.Clear();

    private static (string, DateTimeOffset) KeyOf(Budget? breaker) =>
        breaker is null ? ("stop", default) : (breaker.Name, breaker.WindowEnds);
}
