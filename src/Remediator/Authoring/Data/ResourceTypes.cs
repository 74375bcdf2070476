using System.Collections.Frozen;
using Remediator.Values;

namespace Remediator.Authoring.Data;

/// <summary>The resource types that AWS Config records or evaluates.</summary>
internal static class ResourceTypes
{
    public static FrozenSet<string> All => field ??= FactFile.Lines("resource-types.txt").ToFrozenSet(StringComparer.Ordinal);
}
