using System.Text.Json;

namespace Remediator.Aws.Endpoints;

/// <summary>All partitions, by region and by their naming of regions.</summary>
internal sealed class PartitionTable
{
    private static readonly Lazy<PartitionTable> Carried = new(() => new PartitionTable(EndpointData.Partitions()));

    private readonly Dictionary<string, AwsPartition> byRegion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AwsPartition> byPrefix = new(StringComparer.Ordinal);
    private readonly AwsPartition fallback;

    private PartitionTable(ReadOnlyMemory<byte> text)
    {
        using var data = JsonDocument.Parse(text);
        AwsPartition? first = null;
        foreach (var element in data.RootElement.EnumerateArray())
        {
            var partition = Add(element);
            first ??= partition;
        }

        fallback = first ?? throw new InvalidDataException("No partition is carried.");
    }

    internal static PartitionTable Default => Carried.Value;

    internal IEnumerable<string> Regions => byRegion.Keys;

    internal AwsPartition Find(string? region)
    {
        if (region is null)
        {
            return fallback;
        }

        return byRegion.GetValueOrDefault(region) ?? FindByNaming(region) ?? fallback;
    }

    // All of AWS's region patterns have the form ^prefix\-\w+\-\d+$.
    private AwsPartition? FindByNaming(string region)
    {
        var last = region.LastIndexOf('-');
        var middle = last < 1 ? -1 : region.LastIndexOf('-', last - 1);
        var follows = middle > 0
            && IsFilled(region.AsSpan(last + 1), char.IsAsciiDigit)
            && IsFilled(region.AsSpan(middle + 1, last - middle - 1), c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return follows ? byPrefix.GetValueOrDefault(region[..middle]) : null;
    }

    private static bool IsFilled(ReadOnlySpan<char> text, Func<char, bool> allowed)
    {
        foreach (var c in text)
        {
            if (!allowed(c))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    private AwsPartition Add(JsonElement element)
    {
        var partition = new AwsPartition(
            element.Text("name"),
            element.Text("consoleHost"),
            element.Text("dnsSuffix"),
            element.Text("dualStackDnsSuffix"),
            element.Text("implicitGlobalRegion"),
            element.GetProperty("supportsFIPS").GetBoolean(),
            element.GetProperty("supportsDualStack").GetBoolean());
        foreach (var region in element.Texts("regions"))
        {
            byRegion[region] = partition;
        }

        foreach (var prefix in element.Texts("regionPrefixes"))
        {
            byPrefix[prefix] = partition;
        }

        return partition;
    }
}
