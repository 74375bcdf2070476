using System.Collections.Immutable;
using Remediator.Authoring.Data;

namespace Remediator.Playbooks;

/// <summary>The pairs of rule and resource type that a playbook covers.</summary>
internal static class AnsweredPairs
{
    // A rule's results for the whole account use this type too, whether or not AWS's list has it.
    private const string Account = "AWS::::Account";

    /// <summary>
    /// Every rule with every type, except for a type that AWS's list has only for another of the rules: EC2_FLEET_TAGGED evaluates
    /// fleets only. A type that the list has for none of the rules counts for all of them. A containment answers nothing by itself: the
    /// policy has to name it.
    /// </summary>
    public static ImmutableArray<(string Rule, string Type)> Of(Playbook playbook)
    {
        if (playbook.Containment is not null)
        {
            return [];
        }

        var listed = playbook.Rules.SelectMany(rule => Types(rule)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from rule in playbook.Rules
               let own = Types(rule)
               from type in playbook.Resources
               where own.IsEmpty || own.Contains(type) || !listed.Contains(type) || type is Account
               select (rule, type),
        ];
    }

    private static ImmutableArray<string> Types(string rule) => ManagedRule.All.TryGetValue(rule, out var known) ? known.Types : [];
}
