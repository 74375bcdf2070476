using Remediator.Authoring.Data;
using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>
/// Finds calls that write a destination, a key or an identity that the rule names. Anybody who can edit a rule in a member account
/// could thereby redirect logs; such a value must pass through a parameter with <c>from-rule</c>, which the policy controls.
/// </summary>
internal static class DestinationCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var destinations = playbook.Playbook.Rules.Where(ManagedRule.All.ContainsKey).SelectMany(r => ManagedRule.All[r].Destinations)
            .ToHashSet(StringComparer.Ordinal);
        var bound = playbook.Playbook.Parameters.SelectMany(p => p.FromRule).ToHashSet(StringComparer.Ordinal);
        return Sent(playbook.Playbook)
            .Concat(
                Compared(playbook.Playbook)
                    .Select(c => (c.At, Expressions: c.Expressions.Where(e => !e.Paths.Any(p => bound.Contains(Name(p)))))))
            .SelectMany(place => place.Expressions.SelectMany(e => e.Paths).Select(path => (path, place.At)))
            .Where(x => x.path.StartsWith("rule.", StringComparison.Ordinal) && destinations.Contains(RuleReads.NameIn(x.path)))
            .Select(x => new Problem(
                "PB124",
                x.At,
                $"'{x.path}' names a destination, a key or an identity, and would be written as the rule says: take it from a "
                + $"parameter with 'from-rule: {RuleReads.NameIn(x.path)}'"
            ))
            .Distinct();
    }

    private static string Name(string path) => path.StartsWith("rule.", StringComparison.Ordinal) ? RuleReads.NameIn(path) : "";

    private static IEnumerable<(Place At, IEnumerable<JmesPathExpression> Expressions)> Sent(Playbook playbook) => playbook.Steps
        .SelectMany(s => s.Write.Concat(s.Undo).Concat(s.Clear))
        .Select(c => (c.At, PlaybookExpressions.In(c.Input).Concat(PlaybookExpressions.In(c.ForEach))));

    /// <summary>Values that may be written. A parameter bound to the same name is under the policy's control.</summary>
    private static IEnumerable<(Place At, IEnumerable<JmesPathExpression> Expressions)> Compared(Playbook playbook) =>
    [
        .. playbook.Names.Select(n => (n.Value.At, PlaybookExpressions.In(n.Value))),
        .. playbook.Resolve.Select(q => (q.Call.At, PlaybookExpressions.In(q.Take))),
        .. playbook.Steps.SelectMany(s => s.Read).Select(q => (q.Call.At, PlaybookExpressions.In(q.Take))),
        .. playbook.Steps.Where(s => s.Want is not null).Select(s => (s.Want!.At, PlaybookExpressions.In(s.Want))),
    ];
}
