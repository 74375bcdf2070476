using System.Collections.Immutable;
using Remediator.Authoring.Data;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>
/// Checks a playbook against the parameters of its rules: each is either used or listed under <c>ignores</c>, and every listed one
/// belongs to a rule.
/// </summary>
internal static class RuleParameterCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        ImmutableArray<ManagedRule> rules = [.. playbook.Playbook.Rules.Where(ManagedRule.All.ContainsKey).Select(r => ManagedRule.All[r])];
        return rules.Length == playbook.Playbook.Rules.Length
            ? [.. Unused(playbook, rules), .. Ignored(playbook, rules), .. Bound(playbook, rules)]
            : Unused(playbook, rules);
    }

    private static IEnumerable<Problem> Unused(CheckedPlaybook playbook, ImmutableArray<ManagedRule> rules) =>
        from rule in rules
        from name in rule.Parameters
        where !playbook.Playbook.RuleReads.Contains(name) && !Leaves(playbook.Playbook, rule.Id, name)
        select new Problem(
            "PB120",
            playbook.YamlPositions.Of("rules", rule.Id),
            $"nothing looks at the parameter '{name}' of {rule.Id}: use ${{rule.{name}}}, or list it under 'ignores' where it makes "
            + "no difference"
        );

    private static IEnumerable<Problem> Ignored(CheckedPlaybook playbook, ImmutableArray<ManagedRule> rules)
    {
        foreach (var entry in playbook.Playbook.Ignores)
        {
            var (only, name) = entry.Split('.') is [var rule, var parameter] ? (rule, parameter) : (null, entry);
            var at = playbook.YamlPositions.Of("ignores", entry);
            string[] known = [.. rules.Where(r => only is null || r.Id == only).SelectMany(r => r.Parameters)];
            if (!known.Contains(name))
            {
                yield return new(
                    "PB121",
                    at,
                    $"{only ?? "no rule of this playbook"} {(only is null ? "has" : "has no")} parameter "
                    + $"'{name}'{Nearest.Hint(name, known)}"
                );
            }
            else if (playbook.Playbook.RuleReads.Contains(name))
            {
                yield return new("PB121", at, $"the parameter '{name}' is used, and so is not ignored: take it out of 'ignores'");
            }
        }
    }

    private static IEnumerable<Problem> Bound(CheckedPlaybook playbook, ImmutableArray<ManagedRule> rules)
    {
        string[] known = [.. rules.SelectMany(r => r.Parameters).Distinct()];
        return from parameter in playbook.Playbook.Parameters
               from name in parameter.FromRule
               where !known.Contains(name)
               select new Problem("PB122", playbook.YamlPositions.Of("from-rule", name, parameter.At),
                   $"no rule of this playbook has a parameter '{name}'{Nearest.Hint(name, known)}");
    }

    private static bool Leaves(Playbook playbook, string rule, string name) =>
        playbook.Ignores.Contains(name) || playbook.Ignores.Contains($"{rule}.{name}");
}
