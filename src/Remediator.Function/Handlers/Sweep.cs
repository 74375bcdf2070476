using System.Text.Json;
using Remediator.Function.Logging;
using Remediator.Function.Runtime;
using Remediator.Sweep;

namespace Remediator.Function.Handlers;

/// <summary>One scheduled pass over the open incidents.</summary>
internal sealed class Sweep(Sweeper sweeper, Metrics metrics) : IHandler
{
    // The template's alarm on incidents that nobody can handle reads it.
    internal const string FailedMetric = "IncidentsFailed";

    // The alarm on what is due and not done reads it; the template's dashboard shows all.
    internal const string DueMetric = "IncidentsDue";
    internal const string UrgentLagMetric = "UrgentLag";
    internal const string HandedOverMetric = "HandedOver";
    internal const string LagMetric = "SweepLag";

    public async Task<ReadOnlyMemory<byte>> HandleAsync(Invocation invocation, CancellationToken ct)
    {
        var swept = await sweeper.SweepAsync(ct);
        metrics.Write(
            [
                Metric.Count(FailedMetric, swept.Failed),
                Metric.Count(DueMetric, swept.Seen + swept.HandedOver),
                Metric.Count(HandedOverMetric, swept.HandedOver),
                Metric.Seconds(LagMetric, swept.Lag),
                Metric.Seconds(UrgentLagMetric, swept.UrgentLag),
            ],
            [],
            []);
        return JsonSerializer.SerializeToUtf8Bytes(swept, HandlerJson.Default.Swept);
    }
}
