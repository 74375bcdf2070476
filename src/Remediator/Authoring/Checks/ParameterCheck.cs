using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds parameters that nothing uses.</summary>
internal static class ParameterCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var paths = Expressions(playbook).SelectMany(e => e.Paths).Where(p => p.Split('.', '[')[0] is "params").ToHashSet(StringComparer.Ordinal);
        return paths.Contains("params") || paths.Contains("params.*")
            ? []
            : playbook.Playbook.Parameters
                .Where(p => !paths.Any(path => path == $"params.{p.Name}" || path.StartsWith($"params.{p.Name}.", StringComparison.Ordinal)
                    || path.StartsWith($"params.{p.Name}[", StringComparison.Ordinal)))
                .Select(p => new Problem("PB051", p.At, $"nothing uses the parameter '{p.Name}': remove it, or use ${{params.{p.Name}}}") { IsWarning = true });
    }

    private static IEnumerable<JmesPathExpression> Expressions(CheckedPlaybook playbook) =>
    [
        .. playbook.Playbook.Names.SelectMany(n => n.Value.Expressions().Select(e => e.Expression)),
        .. playbook.Sites.SelectMany(s => s.Call.Input.Expressions().Select(e => e.Expression)),
        .. playbook.Playbook.Steps.SelectMany(s => s.Want?.Expressions().Select(e => e.Expression) ?? []),
        .. Whole(playbook).OfType<Expression>().SelectMany(e => e.Holes.Append(e.Outline)),
    ];

    private static IEnumerable<Expression?> Whole(CheckedPlaybook playbook) =>
    [
        .. playbook.Sites.SelectMany(s => new[] { s.Call.ForEach, s.Call.When, s.Call.FailsWhen, s.Query?.Take, s.Guard?.Expect }),
        .. playbook.Playbook.Steps.SelectMany(s => new[] { s.Remove, s.Unless }),
    ];
}
