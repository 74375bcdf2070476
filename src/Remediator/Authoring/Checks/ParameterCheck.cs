using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds parameters that nothing uses.</summary>
internal static class ParameterCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var paths = PlacedExpressions.Of(playbook).SelectMany(e => e.Expression.Paths).Where(p => p.Split('.', '[')[0] is "params")
            .ToHashSet(StringComparer.Ordinal);
        return paths.Contains("params") || paths.Contains("params.*")
            ? []
            : playbook
                .Playbook.Parameters.Where(p =>
                    !paths.Any(path =>
                        path == $"params.{p.Name}"
                        || path.StartsWith($"params.{p.Name}.", StringComparison.Ordinal)
                        || path.StartsWith($"params.{p.Name}[", StringComparison.Ordinal)))
                .Select(p => new Problem("PB051", p.At, $"nothing uses the parameter '{p.Name}': remove it, or use ${{params.{p.Name}}}")
                {
                    IsWarning = true,
                });
    }
}
