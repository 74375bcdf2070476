using Microsoft.Extensions.Time.Testing;

namespace Remediator.Testing;

/// <summary>A clock on which no delay takes time: each wait moves the clock to its end.</summary>
internal sealed class TestClock() : FakeTimeProvider(new(2026, 10, 2, 7, 10, 0, TimeSpan.Zero))
{
    /// <summary>Waits up to this length take an eighth of their time for real and do not move the clock, so that workers meet.</summary>
    public TimeSpan RealUpTo { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime <= RealUpTo)
        {
            return System.CreateTimer(callback, state, dueTime / 8, period);
        }

        var timer = new Leaping(base.CreateTimer(callback, state, dueTime, period));
        if (dueTime > TimeSpan.Zero)
        {
            // On another thread, so that the caller has the timer before it fires; a timer disposed before then moves no time.
            ThreadPool.QueueUserWorkItem(_ => timer.Leap(this, dueTime));
        }

        return timer;
    }

    private sealed class Leaping(ITimer inner) : ITimer
    {
        private bool _isGone;

        public void Leap(TestClock clock, TimeSpan by)
        {
            if (!_isGone)
            {
                clock.Advance(by);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            _isGone = true;
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _isGone = true;
            return inner.DisposeAsync();
        }
    }
}
