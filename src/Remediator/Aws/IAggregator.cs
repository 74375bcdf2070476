namespace Remediator.Aws;

/// <summary>What an aggregator of AWS Config holds: the results of many accounts and regions in one place.</summary>
internal interface IAggregator
{
    /// <summary>
    /// The rules under which something is non-compliant, by account and region. A place whose results the aggregator does not have, or not
    /// as they are now, is left out.
    /// </summary>
    /// <exception cref="AwsException">The aggregator could not be asked.</exception>
    Task<IReadOnlyDictionary<(string Account, string Region), IReadOnlyList<string>>> NonCompliantRulesAsync(
        Aggregator from, IEnumerable<string> regions, CancellationToken ct);
}

/// <summary>An aggregator, and where it is.</summary>
internal sealed record Aggregator(string Name, string Account, string Region);
