using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>The tags of a resource, for a policy that looks at them, and for who owns it.</summary>
internal interface ITags
{
    /// <summary>Throws where they cannot be read: a decision that hangs on them is then not made.</summary>
    Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct);

    /// <summary>Whether one call is enough to read them.</summary>
    bool IsOneCall(ResourceKey resource);
}
