namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// Ends the function's process at the n-th request that it sends: before anything is done, or once it is done and before the answer.
/// </summary>
internal sealed class ProcessCrash
{
    private readonly Lock _gate = new();
    private Func<Task>? _kill;
    private int _at;
    private string? _operation;
    private bool _isAfter;
    private int _sent;

    /// <summary>Which request the process ended at; null while it lives.</summary>
    public string? Where { get; private set; }

    public void Arrange(int at, bool isAfter, Func<Task> kill)
    {
        lock (_gate)
        {
            (_at, _operation, _isAfter, _kill, _sent, Where) = (at, null, isAfter, kill, 0, null);
        }
    }

    /// <summary>At the first request of an operation, once it is done and before the answer.</summary>
    public void ArrangeAfter(string operation, Func<Task> kill)
    {
        Arrange(at: 0, isAfter: true, kill);
        _operation = operation;
    }

    public void Disarm()
    {
        lock (_gate)
        {
            _kill = null;
        }
    }

    /// <summary>Counts the request. True where the process has to end at it.</summary>
    public bool IsHere(string operation)
    {
        lock (_gate)
        {
            _sent++;
            if (_kill is null || !(_operation is null ? _sent == _at : _operation == operation))
            {
                return false;
            }

            Where = $"{(_isAfter ? "after" : "before")} {operation} ({_sent})";
            return true;
        }
    }

    public bool IsAfter => _isAfter;

    public async Task KillAsync()
    {
        var kill = _kill;
        Disarm();
        await (kill?.Invoke() ?? Task.CompletedTask);
    }
}
