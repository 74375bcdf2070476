using Remediator.Authoring.Coverage;
using Remediator.Incidents;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>The policy says what the playbooks of the deployed rules need.</summary>
internal sealed class PolicyValuesCheck : ICheck
{
    public string Name => "policy-values";

    public IEnumerable<Look> Looks(DeploymentView on) => on.Places.Select(place => new Look($"{place}", async ct =>
    {
        var lacking = (await on.CoverageAsync(place, ct)).Where(l => l.Coverage is Coverage.NotConfigured).ToArray();
        return lacking is []
            ? [Found.Ok("The policy says all that the playbooks of the rules here need.")]
            : [.. lacking.Select(l => Of(place, l))];
    }));

    /// <summary>Where changes are turned on already, its findings end with a person.</summary>
    private static Found Of(Place place, CoverageLine line) =>
        new(line.Mode is Mode.Observe or null ? CheckResult.Warn : CheckResult.Fail, line.Says, Remedy(line))
        {
            About = $"{place} {line.Rule.Name}",
        };

    private static string Remedy(CoverageLine line)
    {
        var match = line.Rule.ManagedIdentifier is { Length: > 0 } id ? $"rule: {id}" : $"rule-name: {line.Rule.Name}";
        var nested = line.Missing.Where(m => m.StartsWith("tags.", StringComparison.Ordinal)).Select(m => $"{m[5..]}: VALUE").ToArray();
        var values = line.Missing.Where(m => !m.StartsWith("tags.", StringComparison.Ordinal)).Select(m => $"{m}: VALUE")
            .Concat(nested is [] ? [] : [$"tags: {{{string.Join(", ", nested)}}}"]);
        return line.Missing.IsEmpty
            ? $"In policy.yaml, under rules: what it says, at - {{match: {{{match}}}}}"
            : $"In policy.yaml, under rules: - {{match: {{{match}}}, params: {{{string.Join(", ", values)}}}}}";
    }
}
