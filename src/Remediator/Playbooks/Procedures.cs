using System.Collections.Frozen;
using System.Text.Json;

namespace Remediator.Playbooks;

/// <summary>
/// What playbooks name under <c>procedure</c>: each works out, from the scope with <c>state</c>, what a setting must be. It calls
/// nothing; reading, writing and undo stay the playbook's own. A new one is one file and one line here.
/// </summary>
internal static class Procedures
{
    /// <summary>By name. A procedure gives the whole value to write, and the state itself where that is right already.</summary>
    public static FrozenDictionary<string, Func<Scope, JsonElement>> All => field ??= new Dictionary<string, Func<Scope, JsonElement>>(StringComparer.Ordinal)
    {
        ["bucket-policy-without-actions"] = PolicyWithoutActions.Of,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
