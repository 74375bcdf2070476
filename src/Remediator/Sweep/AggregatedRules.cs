using Microsoft.Extensions.Logging;
using Remediator.Aws;

namespace Remediator.Sweep;

/// <summary>
/// What the policy's aggregator says of places, asked once in a pass. It saves calls and decides nothing: of a place that it does not know,
/// and where it cannot be asked, each place is asked itself.
/// </summary>
internal sealed partial class AggregatedRules(
    IAggregator aggregator, Aggregator? from, IEnumerable<string> regions, ILogger log)
{
    private Task<IReadOnlyDictionary<(string Account, string Region), IReadOnlyList<string>>?>? _asked;

    /// <summary>The rules that find something at a place; null where the aggregator does not tell.</summary>
    public async Task<IReadOnlyList<string>?> OfAsync((string Account, string Region) place, CancellationToken ct) =>
        from is not null && await (_asked ??= AskAsync(from, ct)) is { } known ? known.GetValueOrDefault(place) : null;

    private async Task<IReadOnlyDictionary<(string Account, string Region), IReadOnlyList<string>>?> AskAsync(
        Aggregator asked, CancellationToken ct)
    {
        try
        {
            return await aggregator.NonCompliantRulesAsync(asked, regions, ct);
        }
        catch (AwsException e)
        {
            Log.Unasked(log, asked.Name, asked.Account, asked.Region, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            7010,
            LogLevel.Warning,
            "The aggregator {Name} in account {Account}, {Region} could not be asked; each account and region is asked itself: {Why}")]
        public static partial void Unasked(ILogger log, string name, string account, string region, string why);
    }
}
