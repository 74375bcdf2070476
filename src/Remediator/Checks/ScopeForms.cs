using System.Collections.Immutable;
using Remediator.Aws.Models;
using Remediator.Data;
using Remediator.Playbooks;

namespace Remediator.Checks;

/// <summary>The names that the expressions of a playbook see in each of its parts, and the forms of their values.</summary>
internal sealed class ScopeForms(Playbook playbook)
{
    private static readonly string[] EventMembers = ["account", "region", "ruleName", "ruleArn", "resourceType", "resourceId", "annotation"];
    private static readonly string[] AccountMembers = ["id", "region", "partition"];

    /// <summary>For the values and conditions of a call, with <c>item</c> where it is made for each of a list.</summary>
    public Form.Fields Of(Site site)
    {
        var scope = Around(site);
        return site.Call.ForEach is { } each ? With(scope, ("item", FormPath.From(each.Outline.Result, scope).Item())) : scope;
    }

    /// <summary>For a call's <c>for-each</c> and <c>when</c>, which are evaluated before there is an item.</summary>
    public Form.Fields Around(Site site) => site switch
    {
        { Changes: true, Step: { } step } => InCalls(step),
        { Part: Part.Read, Step: { } step } when site.Index > 0 => With(Everywhere(), ("state", Named(step.Read.Take(site.Index), StateOf))),
        { Part: Part.Resolve } => Everywhere(playbook.Resolve.Take(site.Index), playbook.Names),
        _ => Everywhere(),
    };

    /// <summary>For <c>want</c>, <c>remove</c> and <c>unless</c>.</summary>
    public Form.Fields InStep(Step step) =>
        With(Everywhere(), ("state", State(step)), ("read", Read(step, q => Form.Output(ModelCatalog.Find(q.Call.Operation)))));

    /// <summary>For a guard's <c>expect</c>.</summary>
    public Form.Fields InGuard(Guard guard) => With(Everywhere(), ("result", StateOf(guard.Query)));

    /// <summary>What the step's reads give together.</summary>
    public Form State(Step step) => Read(step, StateOf);

    /// <summary>For the names that are cut out of the id: those before them are known.</summary>
    public Form.Fields InNames(int index) => Everywhere([], playbook.Names.Take(index));

    private Form.Fields InCalls(Step step)
    {
        var state = State(step);
        var scope = With(InStep(step), ("before", state));
        if (step.Remove is { } remove)
        {
            return With(scope, ("target", state), ("items", FormPath.From(remove.Outline.Result, scope)));
        }

        var target = step.Want is { } want ? new Form.Either(state, TemplateForm.Of(want, scope)) : state;
        return With(scope, ("target", target), ("diff", target), ("added", new Form.Items(Form.Text)));
    }

    private Form StateOf(Query query)
    {
        var output = Form.Output(ModelCatalog.Find(query.Call.Operation));
        var taken = query.Take is { } take ? FormPath.From(take.Outline.Result, output) : output;
        return query.Call.ForEach is null ? taken : new Form.Items(taken);
    }

    private static Form Read(Step step, Func<Query, Form> form) => step.Read switch
    {
        [] => Form.Any,
        [{ Name: "" } one, ..] => form(one),
        var several => Named(several, form),
    };

    private static Form.Fields Named(IEnumerable<Query> queries, Func<Query, Form> form) =>
        Form.FieldsOf(queries.DistinctBy(q => q.Name).Select(q => (q.Name, form(q))));

    private Form.Fields Everywhere() => Everywhere(playbook.Resolve, playbook.Names);

    private Form.Fields Everywhere(IEnumerable<Query> resolved, IEnumerable<ResolvedName> names) => Form.FieldsOf(
        ("event", Texts(EventMembers)),
        ("account", Texts(AccountMembers)),
        ("rule", Rule()),
        ("resource", With(Texts("id", "type", "arn"), resolved.Select(q => (q.Name, StateOf(q))).Concat(names.Select(n => (n.Name, Form.Any))))),
        ("params", Form.FieldsOf(playbook.Parameters.DistinctBy(p => p.Name).Select(p => (p.Name, Form.Any)))));

    // A rule that is not known may have any parameter.
    private Form Rule() => playbook.Rules.All(ManagedRule.All.ContainsKey)
        ? Texts(playbook.Rules.SelectMany(r => ManagedRule.All[r].Parameters).Distinct())
        : Form.Any;

    private static Form.Fields Texts(params IEnumerable<string> names) => Form.FieldsOf(names.Select(n => (n, Form.Text)));

    private static Form.Fields With(Form.Fields scope, params IEnumerable<(string Name, Form Form)> more) =>
        new(scope.Members.SetItems(more.Select(m => KeyValuePair.Create(m.Name, m.Form))));
}
