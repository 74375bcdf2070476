using System.Collections.Immutable;
using Remediator.Authoring.Data;
using Remediator.Aws.Models;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>The names that the expressions of a playbook see in each of its parts, and the types of their values.</summary>
internal sealed class ScopeTypes(Playbook playbook)
{
    private static readonly string[] EventMembers =
    [
        "account", "region", "ruleName", "ruleArn", "resourceType", "resourceId", "annotation", "recordedAt",
    ];
    private static readonly string[] AccountMembers = ["id", "region", "partition"];

    /// <summary>For the values and conditions of a call, with <c>item</c> if it is made for each item of a list.</summary>
    public InferredType.Fields Of(CallSite site)
    {
        var scope = Around(site);
        return site.Call.ForEach is { } each ? With(scope, ("item", TypePath.From(each.Outline.Result, scope).Item())) : scope;
    }

    /// <summary>For a call's <c>for-each</c> and <c>when</c>, which are evaluated before there is an item.</summary>
    public InferredType.Fields Around(CallSite site) => site switch
    {
        { Changes: true, Step: { } step } => InCalls(step),
        { Part: Part.Read, Step: { } step } when site.Index > 0 =>
            With(Everywhere(), ("state", Named(step.Read.Take(site.Index), StateOf))),
        { Part: Part.Evidence } when playbook.IsOfGuide => InGuide(site.Index),
        { Part: Part.Evidence } => With(Everywhere(), ("state", StateOfAll())),
        { Part: Part.Type } => Everywhere([], []),
        { Part: Part.Resolve } => Everywhere(playbook.Resolve.Take(site.Index), playbook.Names),
        _ => Everywhere(),
    };

    /// <summary>For the texts of a guide's step, with <c>item</c> if it is for each item of a list.</summary>
    public InferredType.Fields Of(GuideStep step) => step.ForEach is { } each
        ? With(InGuide(), ("item", TypePath.From(each.Outline.Result, InGuide()).Item()))
        : InGuide();

    /// <summary>For the conditions of a guide's steps.</summary>
    public InferredType.Fields InGuide() => InGuide(playbook.Evidence.Length);

    /// <summary>For a question of a guide, which may use the answers to those before it.</summary>
    private InferredType.Fields InGuide(int index) => With(Everywhere(), ("evidence", Named(
        playbook.Evidence.Take(index).Select(e => e.Query).Where(q => q.Name.Length > 0), StateOf)));

    /// <summary>For <c>want</c>, <c>remove</c> and <c>unless</c>.</summary>
    public InferredType.Fields InStep(Step step) =>
        With(Everywhere(), ("state", State(step)), ("read", Read(step, q => InferredType.Output(ModelCatalog.Find(q.Call.Operation)))));

    /// <summary>For <c>meets</c>, which is also tested on values that were never read.</summary>
    public InferredType.Fields InMeets(Step step) => With(Everywhere(), ("state", State(step)));

    /// <summary>For <c>${…}</c> in a <c>recorded</c>.</summary>
    public InferredType.Fields InRecorded() => Everywhere();

    /// <summary>For a guard's <c>expect</c>.</summary>
    public InferredType.Fields InGuard(PlaybookGuard guard) => With(Everywhere(), ("result", StateOf(guard.Query)));

    /// <summary>For <c>expect</c> of a type's guards.</summary>
    public InferredType.Fields InType(ResourceType type) => With(Everywhere([], []), ("result", StateOf(type.Read)));

    /// <summary>The combined result of the step's reads.</summary>
    public static InferredType State(Step step) => Read(step, StateOf);

    /// <summary>For the names that are taken from the id: each sees the names before it.</summary>
    public InferredType.Fields InNames(int index) => Everywhere([], playbook.Names.Take(index));

    private InferredType.Fields InCalls(Step step)
    {
        var state = State(step);
        var scope = With(InStep(step), ("before", state));
        if (step.Remove is { } remove)
        {
            return With(scope, ("target", state), ("items", TypePath.From(remove.Outline.Result, scope)));
        }

        if (step.IsOnlyRecorded)
        {
            scope = With(scope, ("items", state));
        }

        var target = step.Want is { } want ? new InferredType.Either(state, TemplateType.Of(want, scope)) : state;
        return With(scope, ("target", target), ("diff", target), ("added", new InferredType.Items(InferredType.Text)));
    }

    /// <summary>Several settings, each by its name.</summary>
    private InferredType StateOfAll() => playbook.Steps is [var only]
        ? State(only)
        : InferredType.FieldsOf(playbook.Steps.DistinctBy(s => s.Name).Select(s => (s.Name, State(s))));

    private static InferredType StateOf(Query query)
    {
        var output = InferredType.Output(ModelCatalog.Find(query.Call.Operation));
        var taken = query.Take is { } take ? TypePath.From(take.Outline.Result, output) : output;
        return query.Call.ForEach is null ? taken : new InferredType.Items(taken);
    }

    private static InferredType Read(Step step, Func<Query, InferredType> form) => step.Read switch
    {
        [] => InferredType.Any,
        [{ Name: "" } one, ..] => form(one),
        var several => Named(several, form),
    };

    private static InferredType.Fields Named(IEnumerable<Query> queries, Func<Query, InferredType> form) =>
        InferredType.FieldsOf(queries.DistinctBy(q => q.Name).Select(q => (q.Name, form(q))));

    private InferredType.Fields Everywhere() => Everywhere(playbook.Resolve, playbook.Names);

    private InferredType.Fields Everywhere(IEnumerable<Query> resolved, IEnumerable<ResolvedName> names) =>
        playbook.IsOfGuide ? With(OfEvent(resolved, names), ("rule", Rule())) : With(
            OfEvent(resolved, names),
            ("rule", Rule()),
            ("params", InferredType.FieldsOf(playbook.Parameters.DistinctBy(p => p.Name).Select(p => (p.Name, InferredType.Any)))));

    private static InferredType.Fields OfEvent(IEnumerable<Query> resolved, IEnumerable<ResolvedName> names) =>
        InferredType.FieldsOf(
            ("event", Texts(EventMembers)), ("account", Texts(AccountMembers)),
            (
                "resource",
                With(
                    Texts("id", "type", "arn", "name"),
                    resolved
                        .Select(q => (q.Name, StateOf(q)))
                        .Concat(names.Select(n => (n.Name, InferredType.Any)))
                        .Prepend(("parts", new InferredType.Items(InferredType.Text))))));

    // A rule that is not on the list may have any parameter.
    private InferredType Rule() => playbook.Rules.All(ManagedRule.All.ContainsKey)
        ? Texts(playbook.Rules.SelectMany(r => ManagedRule.All[r].Parameters).Distinct())
        : InferredType.Any;

    private static InferredType.Fields Texts(params IEnumerable<string> names) =>
        InferredType.FieldsOf(names.Select(n => (n, InferredType.Text)));

    private static InferredType.Fields With(InferredType.Fields scope, params IEnumerable<(string Name, InferredType Type)> more) =>
        new(scope.Members.SetItems(more.Select(m => KeyValuePair.Create(m.Name, m.Type))));
}
