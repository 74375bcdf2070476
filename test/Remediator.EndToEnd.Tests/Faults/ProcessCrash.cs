namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>
/// Ends the function's process at its n-th request: before the request is carried out, or after it and before the response.
/// </summary>
internal sealed class ProcessCrash
{
    private readonly Lock _gate = new();
    private Func<Task>? _kill;
    private int _at;
    private string? _operation;
    private bool _isAfter;
    private int _sent;

    /// <summary>The request at which the process ended; null while it runs.</summary>
    public string? Where { get; private set; }

    public void Arrange(int at, bool isAfter, Func<Task> kill)
    {
        lock (_gate)
        {
            (_at, _operation, _isAfter, _kill, _sent, Where) = (at, null, isAfter, kill, 0, null);
        }
    }

    /// <summary>At the first request of an operation, after it is carried out and before the response.</summary>
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

    /// <summary>Counts the request. True if the process has to end at it.</summary>
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
