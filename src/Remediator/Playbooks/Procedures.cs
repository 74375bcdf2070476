using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Remediator.Playbooks;

/// <summary>
/// What playbooks name under <c>procedure</c>: each works out, from the scope with <c>state</c>, what a setting must be. It calls
/// nothing; reading, writing and undo stay the playbook's own. A new one is one file and one line here.
/// </summary>
internal static class Procedures
{
    public static FrozenDictionary<string, Procedure> All => field ??= new Dictionary<string, Procedure>(StringComparer.Ordinal)
    {
        ["bucket-policy-of-grantees"] = new(PolicyOfGrantees.Of, PolicyOfGrantees.RuleParameters),
        ["bucket-policy-without-actions"] = new(PolicyWithoutActions.Of, ["blacklistedActionPattern"]),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

/// <param name="Wanted">Gives the whole value to write, and the state itself where that is right already.</param>
/// <param name="RuleParameters">The parameters of the rule that it looks at.</param>
internal sealed record Procedure(Func<Scope, JsonElement> Wanted, ImmutableArray<string> RuleParameters);
