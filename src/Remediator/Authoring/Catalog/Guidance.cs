using Remediator.Authoring.Data;
using Remediator.Playbooks;

namespace Remediator.Authoring.Catalog;

/// <summary>Says what is done about a rule, or what a person has to do and why.</summary>
internal static class Guidance
{
    public static string Of(Playbook playbook) =>
        playbook.Impact is Impact.None ? playbook.Summary : $"{playbook.Summary} {PlaybookWords.Costs(playbook.Impact)}";

    /// <summary>A rule without a guide has a playbook, but not in this folder.</summary>
    public static string Of(ManagedRule rule) => RuleGuides.Of(rule.Id) is { } guide
        ? $"{guide.Checks} {guide.Todo}"
        : $"No playbook of this folder answers it. {Remedy(rule)}";

    private static string Remedy(ManagedRule rule)
    {
        var where = rule.Types is [var type, ..] && type.Split("::") is [_, { Length: > 0 } service, var kind]
            ? $"Change it in the {service} console, at the {kind}"
            : "Change it in the settings of the account";
        var asked = rule.Parameters.IsEmpty
            ? ""
            : $"; the rule's parameters say what is right ({string.Join(", ", rule.Parameters.Take(4))})";
        return $"{where}{asked}.";
    }
}
