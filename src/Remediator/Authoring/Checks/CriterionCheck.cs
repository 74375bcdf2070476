using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>
/// Finds settings whose value comes from the policy and that no expression tests against the rule: such a value would be written and
/// reported as a fix, even if Config still finds the resource non-compliant.
/// </summary>
internal static class CriterionCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) =>
        playbook.Playbook.Steps.SelectMany(step => Of(playbook.Playbook, step));

    private static IEnumerable<Problem> Of(Playbook playbook, Step step)
    {
        if (step is not { Want: { } want, Meets: null } || !Reads(PlaybookExpressions.In(want), "params", IsFree))
        {
            yield break;
        }

        if (step.Unless is { } unless)
        {
            yield return new(
                "PB123",
                unless.At,
                "the policy gives what is written, and 'unless' is asked only of what was read: write 'meets', which is asked of "
                + "both, and again after the change"
            );
        }
        else if (Reads(PlaybookExpressions.Of(playbook), "rule", name => name.Length > 0 && !Bound(playbook, name)))
        {
            yield return new("PB123", want.At,
                "the policy gives what is written, and the rule has parameters: say with 'meets' what the rule takes");
        }

        bool IsFree(string name) => playbook.Parameters.FirstOrDefault(p => p.Name == name) is not { FromRule.IsEmpty: false };
    }

    private static bool Bound(Playbook playbook, string name) => playbook.Parameters.Any(p => p.FromRule.Contains(name));

    private static bool Reads(IEnumerable<JmesPathExpression> expressions, string root, Func<string, bool> which) => expressions
        .SelectMany(e => e.Paths)
        .Any(p => p.Split('.', '[')[0] == root && which(p.Split('.') is [_, var name, ..] ? name.Split('[')[0].Trim('"') : ""));
}
