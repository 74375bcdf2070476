namespace Remediator.JmesPath.Values;

/// <summary>
/// The work that one evaluation may still do. Values share their parts, so a short expression such as <c>[@,@]|[@,@]|…</c>
/// describes a result of any size; only a count of steps limits it. A step is a call, or a value that is examined or stored.
/// </summary>
internal sealed class Budget
{
    public const int Steps = 2_000_000;

    // Roughly the memory that a value takes.
    private const int CharactersPerStep = 16;

    private long _left = Steps;

    public void Spend(long steps)
    {
        _left -= steps;
        if (_left < 0)
        {
            throw new JmesPathException(JmesPathError.InvalidValue, 0, $"evaluation takes more than {Steps} steps");
        }
    }

    public void SpendText(long characters) => Spend(1 + (characters / CharactersPerStep));
}
