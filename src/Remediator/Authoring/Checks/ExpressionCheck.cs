using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Change.Recorded;
using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Checks what expressions read: the names of the scope, and the types of their values.</summary>
internal static class ExpressionCheck
{
    private static readonly Dictionary<string, string> KnownIn = new(StringComparer.Ordinal)
    {
        ["state"] = "'want', 'remove', 'unless', 'evidence' and the calls of a setting",
        ["evidence"] = "the questions of a guide after the one with that name, and its 'next'",
        ["params"] = "playbooks",
        ["read"] = "'want', 'remove', 'unless' and the calls of a setting",
        ["before"] = "the calls of a setting",
        ["target"] = "the calls of a setting",
        ["diff"] = "the calls of a setting with 'want'",
        ["added"] = "the calls of a setting with 'want'",
        ["items"] = "the calls of a setting with 'remove'",
        ["item"] = "the values of a call with 'for-each'",
        ["result"] = "'expect'",
    };

    /// <summary>The input of <c>recorded</c>; what Config records of a type is not known before deployment.</summary>
    private static readonly InferredType ItemDocument = InferredType.FieldsOf(
        ConfigurationItem.Members.Select(name => (name, InferredType.Any)));

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) =>
    [
        .. playbook.Playbook.Names.SelectMany((name, i) =>
            name.Value.Expressions().SelectMany(e => InScope(e.Expression, e.At, playbook.Scopes.InNames(i)))),
        .. playbook.Sites.SelectMany(site => OfSite(site, playbook.Scopes)),
        .. playbook.Playbook.Steps.SelectMany(step => OfStep(step, playbook.Scopes)),
        .. playbook.Guide?.Next.SelectMany(step => OfGuide(step, playbook.Scopes)) ?? [],
    ];

    private static IEnumerable<Problem> OfGuide(GuideStep step, ScopeTypes scopes)
    {
        var inside = scopes.Of(step);
        return
        [
            .. Over(step.ForEach, scopes.InGuide()),
            .. Over(step.When, scopes.InGuide()),
            .. step.Do.Expressions().Concat(step.Run?.Text.Expressions() ?? []).SelectMany(e => InScope(e.Expression, e.At, inside)),
        ];
    }

    private static IEnumerable<Problem> OfSite(CallSite site, ScopeTypes scopes)
    {
        var inside = scopes.Of(site);
        var output = InferredType.Output(ModelCatalog.Find(site.Call.Operation));
        var what = $"the output of {site.Call.Operation}";
        return
        [
            .. Over(site.Call.ForEach, scopes.Around(site)),
            .. Over(site.Call.When, inside),
            .. site.Call.Input.Expressions().SelectMany(e => InScope(e.Expression, e.At, inside)),
            .. OverOutput(site.Query?.Take, output, inside, what),
            .. OverOutput(site.Query?.GoneWhen, output, inside, what),
            .. OverOutput(site.Query?.Identity, output, inside, what),
            .. OverOutput(site.Call.FailsWhen, output, inside, what),
            .. site.Guard is { } guard ? Over(guard.Expect, scopes.InGuard(guard)) : [],
            .. site.Type?.Guards.SelectMany(g => Over(g.Expect, scopes.InType(site.Type))) ?? [],
        ];
    }

    private static IEnumerable<Problem> OfStep(Step step, ScopeTypes scopes)
    {
        var scope = scopes.InStep(step);
        return
        [
            .. Over(step.Unless, scope),
            .. Over(step.Meets, scopes.InMeets(step)),
            .. Over(step.Remove, scope),
            .. Over(step.Deletes, scope),
            .. OverOutput(step.Recorded, ItemDocument, scopes.InRecorded(), "a configuration item"),
            .. step.Want?.Expressions().SelectMany(e => InScope(e.Expression, e.At, scope)) ?? [],
            .. step.Want is { } want
                ? new TemplateCheck("what 'read' takes, so it would never be satisfied", scope).Value(want, ScopeTypes.State(step))
                : [],
        ];
    }

    private static IEnumerable<Problem> Over(Expression? expression, InferredType.Fields scope) => expression is null
        ? []
        : expression.Holes.Append(expression.Outline).SelectMany(e => InScope(e, expression.At, scope));

    private static IEnumerable<Problem> OverOutput(Expression? expression, InferredType output, InferredType.Fields scope, string what) =>
        expression is null
            ? []
            :
            [
                .. expression.Holes.SelectMany(e => InScope(e, expression.At, scope)),
                .. Missing(expression.Outline.Paths, expression.At, output, what),
            ];

    private static IEnumerable<Problem> InScope(JmesPathExpression expression, Place at, InferredType.Fields scope)
    {
        foreach (var root in expression.Roots.Where(r => !scope.Members.ContainsKey(r)))
        {
            var hint = KnownIn.TryGetValue(root, out var where) ? $": it is known only in {where}" : Nearest.Hint(
                root, [.. scope.Members.Keys]);
            yield return new("PB011", at, $"there is no '{root}' here{hint}");
        }

        foreach (var problem in Missing(expression.Paths.Where(p => scope.Members.ContainsKey(Root(p))), at, scope, "what is known here"))
        {
            yield return problem;
        }
    }

    private static IEnumerable<Problem> Missing(IEnumerable<string> paths, Place at, InferredType form, string what)
    {
        foreach (var path in paths)
        {
            var (found, step, parent) = TypePath.Follow(path, form);
            if (found is null)
            {
                yield return Root(path) == "params" ? Undefined(step, at, parent) : new("PB012", at, Message(path, step, parent, what));
            }
        }
    }

    private static Problem Undefined(string name, Place at, InferredType parent) => new("PB050", at,
        $"the playbook has no parameter '{name}'{Nearest.Hint(name, [.. parent.Names()])}; parameters are declared under 'params'");

    private static string Message(string path, string step, InferredType parent, string what) => parent.Kind() switch
    {
        "list" => $"'{path}': '{step}' is asked of a list; write […] before it",
        "object" => $"'{path}': there is no '{step}' in {what}{Nearest.Hint(step, [.. parent.Names()])}",
        var kind => $"'{path}': '{step}' is asked of {kind ?? "a plain value"}, which has no members",
    };

    private static string Root(string path) => path.Split('.', '[')[0].Trim('"');
}
