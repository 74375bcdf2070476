using System.Collections.Immutable;

namespace Remediator.Aws;

/// <summary>What the service itself asks of EC2.</summary>
internal interface IEc2
{
    Task<ImmutableDictionary<string, string>> TagsAsync(string account, string region, string resourceId, CancellationToken ct);
}
