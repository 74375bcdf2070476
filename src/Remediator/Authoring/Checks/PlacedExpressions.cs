using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Every expression of a playbook, with its position.</summary>
internal static class PlacedExpressions
{
    public static IEnumerable<(JmesPathExpression Expression, Place At)> Of(CheckedPlaybook playbook) =>
    [
        .. playbook.Playbook.Names.SelectMany(n => n.Value.Expressions()),
        .. playbook.Sites.SelectMany(s => s.Call.Input.Expressions()),
        .. playbook.Playbook.Steps.SelectMany(s => s.Want?.Expressions() ?? []),
        .. playbook.Guide?.Next.SelectMany(s => s.Do.Expressions().Concat(s.Run?.Text.Expressions() ?? [])) ?? [],
        .. Whole(playbook).OfType<Expression>().SelectMany(e => e.Holes.Append(e.Outline).Select(one => (one, e.At))),
    ];

    private static IEnumerable<Expression?> Whole(CheckedPlaybook playbook) =>
    [
        .. playbook.Sites.SelectMany(s => new[]
        {
            s.Call.ForEach, s.Call.When, s.Call.FailsWhen, s.Query?.Take, s.Query?.GoneWhen, s.Query?.Identity, s.Guard?.Expect,
        }),
        .. playbook.Sites.SelectMany(s => s.Type?.Guards.Select(g => g.Expect) ?? []),
        .. playbook.Guide?.Next.SelectMany(s => new[] { s.When, s.ForEach }) ?? [],
        .. playbook.Playbook.Steps.SelectMany(s => new[] { s.Remove, s.Deletes, s.Unless, s.Meets, s.Recorded }),
    ];
}
