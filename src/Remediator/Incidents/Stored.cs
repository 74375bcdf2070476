using System.Text.Json;
using System.Text.Json.Serialization;

namespace Remediator.Incidents;

/// <summary>
/// A part of an incident as the journal holds it. Members that this version does not know, because a later one wrote them, are kept
/// and written back: a version that was rolled back to loses nothing of what the newer one knew.
/// </summary>
/// <remarks>
/// The serializer sets each member that has no setter, with the default of its type where the text has none. So a member that begins with
/// another value takes it for that default: what an earlier version did not write yet begins as if it were new.
/// </remarks>
internal abstract record Stored
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>By what this version knows: what it does not know makes no two records different.</summary>
    public virtual bool Equals(Stored? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();
}
