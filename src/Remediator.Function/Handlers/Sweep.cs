using System.Text.Json;
using Remediator.Function.Runtime;

namespace Remediator.Function.Handlers;

/// <summary>One scheduled pass over the open incidents.</summary>
internal sealed class Sweep(Sweeper sweeper) : IHandler
{
    public async Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct)
    {
        var swept = await sweeper.SweepAsync(ct);
        return JsonSerializer.SerializeToUtf8Bytes(swept, HandlerJson.Default.Swept);
    }
}
