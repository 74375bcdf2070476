namespace Remediator.Aws.Endpoints;

/// <summary>A partition of AWS: a group of regions with its own accounts, ARNs and host names.</summary>
/// <param name="Name">The name in ARNs: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>, …</param>
/// <param name="ConsoleHost">The host of the console; a region's own console has its name and a dot before it.</param>
/// <param name="DnsSuffix">The end of host names: <c>amazonaws.com</c>, …</param>
/// <param name="DualStackDnsSuffix">The end of host names that are also reachable over IPv6.</param>
/// <param name="ImplicitGlobalRegion">The region in which calls to the partition's global services are signed.</param>
public sealed record AwsPartition(
    string Name,
    string ConsoleHost,
    string DnsSuffix,
    string DualStackDnsSuffix,
    string ImplicitGlobalRegion,
    bool SupportsFips,
    bool SupportsDualStack) : IAttributes
{
    /// <summary>
    /// The partition of a region: the one that lists it, otherwise the one whose naming it follows, so that new regions are recognised;
    /// <c>aws</c> for any other name and for none.
    /// </summary>
    public static AwsPartition Of(string? region) => PartitionTable.Default.Find(region);

    /// <summary>The regions of all partitions that resources can be in.</summary>
    public static IEnumerable<string> Regions =>
        PartitionTable.Default.Regions.Where(r => !r.EndsWith("-global", StringComparison.Ordinal));

    object? IAttributes.Attribute(string name) => name switch
    {
        "name" => Name,
        "dnsSuffix" => DnsSuffix,
        "dualStackDnsSuffix" => DualStackDnsSuffix,
        "implicitGlobalRegion" => ImplicitGlobalRegion,
        "supportsFIPS" => Flag.Of(SupportsFips),
        "supportsDualStack" => Flag.Of(SupportsDualStack),
        _ => null,
    };
}
