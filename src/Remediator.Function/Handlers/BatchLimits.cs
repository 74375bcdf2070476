namespace Remediator.Function.Handlers;

/// <summary>How a batch is worked through.</summary>
/// <param name="Concurrency">How many records at once.</param>
/// <param name="LastStart">With less time than this left before the deadline, no further record is started.</param>
/// <param name="LastAnswer">With this much time left, the batch is answered, whatever is still running.</param>
internal sealed record BatchLimits(int Concurrency, TimeSpan LastStart, TimeSpan LastAnswer)
{
    public static readonly BatchLimits Default = new(4, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));
}
