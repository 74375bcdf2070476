using System.Collections.Immutable;
using Remediator.Aws.Endpoints;

namespace Remediator.Decide;

/// <summary>The regions of all partitions.</summary>
internal static class Regions
{
    public static ImmutableArray<string> All { get; } = [.. AwsPartition.Regions.Order(StringComparer.Ordinal)];
}
