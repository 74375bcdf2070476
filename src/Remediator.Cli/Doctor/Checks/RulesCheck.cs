using System.Collections.Immutable;
using Remediator.Authoring.Coverage;
using Remediator.Authoring.Data;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>The rules that are deployed are answered, or known with what a person does.</summary>
internal sealed class RulesCheck : ICheck
{
    public string Name => "rules";

    public IEnumerable<Look> Looks(DeploymentView on) =>
        on.Places.Select(place => Look.One($"{place}", async ct => Of(await on.CoverageAsync(place, ct))));

    private static Found Of(ImmutableArray<CoverageLine> lines)
    {
        var rules = lines.GroupBy(l => l.Rule.Name, StringComparer.Ordinal).ToArray();
        var unknown = rules.Where(r => r.All(IsUnknown)).Select(r => r.Key).ToArray();
        var guided = rules.Count(r => r.All(l => l.Coverage is Coverage.ByHand)) - unknown.Length;
        var seen = $"{rules.Length} rules: {rules.Length - guided - unknown.Length} answered, {guided} with guidance for a person, "
            + $"{unknown.Length} unknown.";
        return rules is [] ? Found.Warn(
                "There is no Config rule here: nothing is ever found.",
                "Deploy rules, or a conformance pack; or take the place out of 'backlog'.")
            : unknown is [] ? Found.Ok(seen)
            : Found.Warn(
                $"{seen} Unknown: {string.Join(", ", unknown)}.",
                $"In policy.yaml, under rules: - {{match: {{rule-name: {unknown[0]}}}, playbook: NAME}}; 'remediator coverage' says more.");
    }

    /// <summary>Nothing answers it, and no list of AWS's rules has it.</summary>
    private static bool IsUnknown(CoverageLine line) =>
        line.Coverage is Coverage.ByHand && !ManagedRule.All.ContainsKey(line.Rule.ManagedIdentifier);
}
