using Remediator.Function.Runtime;

namespace Remediator.Function.Handlers;

internal sealed class Sweep : IHandler
{
    public Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct) =>
        throw new NotImplementedException("The pipeline is not wired yet.");
}
