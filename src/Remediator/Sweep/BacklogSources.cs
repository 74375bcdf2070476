using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Decide;

namespace Remediator.Sweep;

/// <summary>Where the backlog is read from, and where it goes.</summary>
/// <param name="Config">What Config holds.</param>
/// <param name="Aggregator">Where results of many accounts and regions are in one place.</param>
/// <param name="Queue">Where the changes go; null where they are handled at once.</param>
/// <param name="Account">The service's own account.</param>
/// <param name="Region">The service's own region.</param>
internal sealed record BacklogSources(IBacklog Config, IAggregator Aggregator, IQueue? Queue, string Account, string Region)
{
    /// <summary>Every account and region to ask, the own first.</summary>
    public IReadOnlyList<(string Account, string Region)> Targets(BacklogPolicy policy) => Targets(policy, Account, Region);

    /// <summary>What the policy's aggregator says, for one pass.</summary>
    public AggregatedRules Aggregated(BacklogPolicy policy, ILogger log) => new(
        Aggregator,
        policy.Aggregator is { } from ? new(from.Name, from.Account ?? Account, from.Region ?? Region) : null,
        policy.Regions.Prepend(Region).Distinct(StringComparer.Ordinal),
        log);

    public static IReadOnlyList<(string Account, string Region)> Targets(BacklogPolicy policy, string own, string home) =>
    [
        .. from account in policy.Accounts.Prepend(own).Distinct(StringComparer.Ordinal)
           from region in policy.Regions.Prepend(home).Distinct(StringComparer.Ordinal)
           select (account, region),
    ];
}
