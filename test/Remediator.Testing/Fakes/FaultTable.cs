namespace Remediator.Testing.Fakes;

/// <summary>The faults of the next calls, by operation. Used by the fake and by the proxy in front of the emulator.</summary>
internal sealed class FaultTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FaultKind Kind, int Left)> _faults = new(StringComparer.Ordinal);

    public void Inject(string operation, FaultKind kind, int times = int.MaxValue)
    {
        lock (_gate)
        {
            _faults[operation] = (kind, times);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>The fault of this call; null if it succeeds.</summary>
    public FaultKind? Take(string operation)
    {
        lock (_gate)
        {
            if (!_faults.TryGetValue(operation, out var fault) || fault.Left == 0)
            {
                return null;
            }

            _faults[operation] = fault with { Left = fault.Left - 1 };
            return fault.Kind;
        }
    }
}
