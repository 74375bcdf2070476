using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;

namespace Remediator.Tests.Record;

/// <summary>How often the stop and the breakers are read.</summary>
public sealed class ClearedChecksTests
{
    private readonly TestClock clock = new();
    private readonly ClearedChecks cleared;
    private readonly Budget breaker;

    public ClearedChecksTests() =>
        (cleared, breaker) = (new(clock), new("failures", 5, clock.GetUtcNow().AddHours(1)) { IsBreaker = true });

    [Fact]
    public void Process_with_little_to_do_asks_each_time()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(2, Begin());
            clock.Advance(TimeSpan.FromSeconds(2));
        }
    }

    [Fact]
    public void Busy_process_asks_a_few_times_in_five_seconds_however_many_changes_begin()
    {
        var asked = 0;
        for (var i = 0; i < 1000; i++)
        {
            asked += Begin() > 0 ? 1 : 0;
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.InRange(asked, 10, 60);
    }

    [Fact]
    public void What_was_seen_counts_for_five_seconds()
    {
        for (var i = 0; i < 10; i++)
        {
            Begin();
        }

        Assert.Equal(clock.GetUtcNow(), cleared.NotStoppedAt);
        clock.Advance(Limits.StopKnownFor - TimeSpan.FromTicks(1));
        Assert.Equal(0, Begin());
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, Begin());
    }

    [Fact]
    public void What_was_forgotten_is_asked_for_again()
    {
        Assert.Equal(0, Enumerable.Range(0, 10).Select(_ => Begin()).ToList()[^1]);

        cleared.Forget();

        Assert.Equal(2, Begin());
    }

    [Fact]
    public void Half_open_breaker_is_asked_for_each_time()
    {
        var asked = Enumerable.Range(0, 10).Select(_ => Begin(isHalfOpen: true)).ToList();

        Assert.Equal([2, 2, 2, 2, 2, 1, 1, 1, 1, 1], asked);
    }

    /// <summary>Changes that were refused saw nothing: what was seen before them is too old after five seconds.</summary>
    [Fact]
    public void What_was_seen_five_seconds_ago_is_asked_for_again_by_a_process_that_is_busy_with_refusals()
    {
        Begin();
        clock.Advance(Limits.StopKnownFor);

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(2, cleared.NotLately([null, breaker]).Count()));
    }

    [Fact]
    public void Whether_a_process_is_busy_is_counted_anew_after_five_seconds()
    {
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(2, Begin()));
        clock.Advance(Limits.StopKnownFor);

        Assert.Equal([2, 2, 2, 2, 2, 0], Enumerable.Range(0, 6).Select(_ => Begin()).ToList());
    }

    [Fact]
    public void What_is_too_old_is_forgotten()
    {
        var seen = clock.GetUtcNow();
        cleared.Saw([new(null)], seen);
        cleared.Saw([new(breaker)], seen + Limits.StopKnownFor - TimeSpan.FromTicks(1));
        Assert.Equal(seen, cleared.NotStoppedAt);

        cleared.Saw([new(breaker)], seen + Limits.StopKnownFor);

        Assert.Equal(default, cleared.NotStoppedAt);
    }

    private int Begin(bool isHalfOpen = false)
    {
        var checks = cleared.NotLately([null, breaker])
            .Select(b => new BeginCheck(b) { IsHalfOpen = isHalfOpen && b is not null })
            .ToList();
        cleared.Saw(checks, clock.GetUtcNow());
        return checks.Count;
    }
}
