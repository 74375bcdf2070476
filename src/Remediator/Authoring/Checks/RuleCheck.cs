using Remediator.Authoring.Data;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks the rules and resource types of a playbook against those of AWS Config.</summary>
internal static class RuleCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => [.. Rules(playbook), .. Types(playbook)];

    private static IEnumerable<Problem> Rules(CheckedPlaybook playbook)
    {
        foreach (var id in playbook.Playbook.Rules)
        {
            var at = playbook.YamlPositions.Of("rules", id);
            if (!ManagedRule.All.TryGetValue(id, out var rule))
            {
                yield return new(
                    "PB032",
                    at,
                    $"AWS Config has no managed rule '{id}'{Nearest.Hint(id, [.. ManagedRule.All.Keys])} ({KnownRules.Unlisted})");
            }
            else if (!rule.Types.IsEmpty && !playbook.Playbook.Resources.Any(rule.Types.Contains))
            {
                yield return new(
                    "PB034",
                    at,
                    $"{id} does not evaluate {string.Join(", ", playbook.Playbook.Resources)}, but {string.Join(", ", rule.Types)}")
                {
                    IsWarning = true,
                };
            }
        }
    }

    private static IEnumerable<Problem> Types(CheckedPlaybook playbook) => playbook.Playbook.Resources
        .Where(type => !ResourceTypes.All.Contains(type))
        .Select(type => new Problem("PB033", playbook.YamlPositions.Of("resource", type),
            $"AWS Config has no resource type '{type}'{Nearest.Hint(type, [.. ResourceTypes.All])}"));
}
