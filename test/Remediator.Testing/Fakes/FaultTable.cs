namespace Remediator.Testing.Fakes;

/// <summary>The faults that the next calls meet, by operation. Shared by the fake and by the proxy before the emulator.</summary>
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

    /// <summary>The fault that this call meets; null where it goes through.</summary>
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
