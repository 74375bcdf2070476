using System.Collections.Frozen;
using Remediator.Authoring.Data;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Authoring.Catalog;

/// <summary>Says in a sentence or two what is done about a rule, or what a person has to do and why.</summary>
internal static class Guidance
{
    public static string Of(Playbook playbook) =>
        playbook.Impact is Impact.None ? playbook.Summary : $"{playbook.Summary} {PlaybookWords.Costs(playbook.Impact)}";

    public static string Of(ManagedRule rule) => rule.Class is "manual"
        ? Reason(rule.Why)
        : $"No playbook answers it yet. {Possible(rule)} {Remedy(rule)}";

    /// <summary>What the notice of a rule that no playbook answers says: a text of its own for the rules that are used most.</summary>
    public static RuleGuide GuideOf(ManagedRule rule) =>
        Own.TryGetValue(rule.Id, out var own) ? own : new($"It checks: {Words(rule)}.", Of(rule));

    private static FrozenDictionary<string, RuleGuide> Own => field ??= FactFile.Lines("rule-guides.txt")
        .Select(line => line.Split('|') is [var rule, var checks, var todo]
            ? KeyValuePair.Create(rule.Trim(), new RuleGuide(checks.Trim(), todo.Trim()))
            : throw new InvalidDataException($"Not a guide to a rule: '{line}'."))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The identifier says it, once it is read as words.</summary>
    private static string Words(ManagedRule rule)
    {
        var words = rule.Id.ToLowerInvariant().Replace('_', ' ').Replace(" check", "", StringComparison.Ordinal);
        return rule.Types is [] ? $"{words} (the account)" : $"{words} ({string.Join(", ", rule.Types.Take(3).Select(Kind))})";
    }

    private static string Kind(string type) =>
        type.Replace("AWS::", "", StringComparison.Ordinal).Replace("::", " ", StringComparison.Ordinal);

    private static string Reason(string why) => why switch
    {
        "creation" =>
            "It is fixed when the resource is made: make a new one as the rule asks, move what uses the old one, and delete that.",
        "ended" => "AWS retired what the rule is about: remove the resource, or the rule.",
        "elsewhere" => "Firewall Manager puts this right itself: turn automatic remediation on in its policy.",
        "measure" => "The rule reports what happened (a test, a quota, a finding), not a setting: look for the cause first.",
        "person" => "Only the user concerned, the root user or another account can do it: ask them.",
        "guest" => "It lies in the software that runs there, not in an AWS setting: change and deploy that.",
        _ => "What is right depends on the design: the owner of the resource decides.",
    };

    private static string Possible(ManagedRule rule) => (rule.Class, rule.Disruption) switch
    {
        ("auto-param", _) => "The setting can be changed in place, with a value that only its owner knows.",
        ("approve", "restart") => "A fix interrupts the resource: agree on a time with its owner.",
        ("approve", "data-risk") => "A fix replaces the resource or touches its data: take a backup first.",
        ("approve", "cost") => "A fix turns on something that is paid for: its owner decides.",
        ("approve", _) => "A fix cuts access or connections that somebody may rely on: ask its owner.",
        _ => "The setting can be changed in place.",
    };

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
