using System.Security.Cryptography;
using System.Text;
using Remediator.Incidents;

namespace Remediator.Decide;

/// <summary>The places of resources in a growing share of all of them.</summary>
internal static class Rollout
{
    /// <summary>Always the same number from 0 to 99 for a resource, so that a growing share keeps those it had.</summary>
    public static int PlaceOf(ResourceKey resource) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{resource.Account}|{resource.Type}|{resource.Id}"))[0] * 100 / 256;

    /// <summary>The entry for a resource: one outside of the share is observed.</summary>
    public static PolicyEntry Of(PolicyEntry entry, ResourceKey resource) =>
        entry.Rollout is { } share && PlaceOf(resource) >= share ? entry with { Mode = Mode.Observe } : entry;
}
