using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Aws;

/// <summary>The tags of a resource, for the parts of a policy that look at them.</summary>
internal interface ITags
{
    /// <summary>Throws where they cannot be read: a decision that hangs on them is then not made.</summary>
    Task<ImmutableDictionary<string, string>> ReadAsync(ResourceKey resource, CancellationToken ct);
}
