using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Remediator.Playbooks;

/// <summary>
/// The classes that playbooks name under <c>procedure</c>: each calculates, from the scope with <c>state</c>, the required value of a
/// setting. It makes no calls; the playbook reads, writes and undoes. A new one needs one file and one line here.
/// </summary>
internal static class Procedures
{
    public static FrozenDictionary<string, Procedure> All => field ??= new Dictionary<string, Procedure>(StringComparer.Ordinal)
    {
        ["bucket-policy-of-grantees"] = new(PolicyOfGrantees.Of, PolicyOfGrantees.RuleParameters),
        ["bucket-policy-without-actions"] = new(PolicyWithoutActions.Of, ["blacklistedActionPattern"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

/// <param name="Wanted">Returns the whole value to write, or the state itself if that is already right.</param>
/// <param name="RuleParameters">The rule parameters that it uses.</param>
internal sealed record Procedure(Func<Scope, JsonElement> Wanted, ImmutableArray<string> RuleParameters);
