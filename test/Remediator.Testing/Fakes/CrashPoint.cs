namespace Remediator.Testing.Fakes;

/// <summary>Ends the process before or after its n-th call to the outside world; from then on every call fails.</summary>
internal sealed class CrashPoint
{
    private int _at = int.MaxValue;
    private bool _isAfter;
    private int _done;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> _passed = new(StringComparer.Ordinal);

    /// <summary>The number of calls since the last arrangement.</summary>
    public int Done => _done;

    /// <summary>How often this was done, whatever was arranged.</summary>
    public int Passed(string what) => _passed.GetValueOrDefault(what);

    public bool IsDead { get; private set; }

    /// <summary>The call at which the process ended.</summary>
    public string? Where { get; private set; }

    public void Arrange(int at, bool isAfter) => (_at, _isAfter, _done, IsDead, Where) = (at, isAfter, 0, false, null);

    /// <summary>Starts a new process.</summary>
    public void Restart() => Arrange(int.MaxValue, isAfter: false);

    public async Task<T> PassAsync<T>(string what, Func<Task<T>> act)
    {
        _passed.AddOrUpdate(what, 1, (_, count) => count + 1);
        var isHere = Interlocked.Increment(ref _done) == _at;
        if (IsDead || (isHere && !_isAfter))
        {
            throw Kill(what);
        }

        var result = await act();
        return isHere ? throw Kill(what) : result;
    }

    private KilledException Kill(string what)
    {
        Where ??= $"{(_isAfter ? "after" : "before")} {what} ({_at})";
        IsDead = true;
        return new();
    }
}
