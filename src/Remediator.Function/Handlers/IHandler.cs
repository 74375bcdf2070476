using Remediator.Function.Runtime;

namespace Remediator.Function.Handlers;

/// <summary>What one function does with one invocation.</summary>
internal interface IHandler
{
    /// <summary>Gives the response's JSON. What it throws is reported to Lambda as the invocation's error.</summary>
    /// <param name="ct">Fires a margin before the invocation's deadline, or when the process is asked to stop.</param>
    Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct);
}
