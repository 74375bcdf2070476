using Remediator.JmesPath;

namespace Remediator.Playbooks;

/// <summary>All expressions of a playbook.</summary>
internal static class PlaybookExpressions
{
    public static IEnumerable<JmesPathExpression> Of(Playbook playbook) =>
    [
        .. playbook.Names.SelectMany(n => In(n.Value)),
        .. playbook.Resolve.SelectMany(In),
        .. playbook.Guards.SelectMany(Of),
        .. playbook.Steps.SelectMany(Of),
    ];

    public static IEnumerable<JmesPathExpression> Of(PlaybookGuard guard) => [.. In(guard.Query), .. In(guard.Expect)];

    public static IEnumerable<JmesPathExpression> In(Call call) =>
        [.. In(call.Input), .. In(call.ForEach), .. In(call.When), .. In(call.FailsWhen)];

    public static IEnumerable<JmesPathExpression> In(Expression? expression) =>
        expression is null ? [] : expression.Holes.Append(expression.Outline);

    public static IEnumerable<JmesPathExpression> In(Template? template) => template?.Expressions().Select(e => e.Expression) ?? [];

    private static IEnumerable<JmesPathExpression> Of(Step step) =>
    [
        .. step.Read.SelectMany(In),
        .. In(step.Want), .. In(step.Remove), .. In(step.Deletes), .. In(step.Unless), .. In(step.Meets), .. In(step.Recorded),
        .. step.Write.Concat(step.Undo).Concat(step.Clear).SelectMany(In),
    ];

    public static IEnumerable<JmesPathExpression> In(Query query) => [.. In(query.Call), .. In(query.Take)];
}
