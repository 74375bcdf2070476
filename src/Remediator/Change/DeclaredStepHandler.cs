using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>A step as the playbook's own words say it; what must be may be worked out by a procedure that it names.</summary>
internal sealed class DeclaredStepHandler(Step step, Func<Scope, JsonElement>? wanted = null) : IStepHandler
{
    private readonly StateComparer _sameness = new(step.Ignore);

    public Step Step => step;

    public Task<Reading> ReadAsync(Scope scope, IAws aws, CancellationToken ct) => Reader.ReadAsync(step.Read, scope, aws, ct);

    public StepChange? Plan(Scope scope, Reading reading)
    {
        var live = Live(scope, reading);
        if (Holds(step.Unless, live) || Holds(step.Meets, live))
        {
            return null;
        }

        return step.Remove is { } remove ? PlanRemoval(live, remove, reading) : PlanWant(live, reading);
    }

    public ResumeStep Resume(Scope scope, Reading reading, StepPlan planned)
    {
        var live = Live(scope, reading).With("before", planned.Before);
        if (!planned.Removed.IsEmpty)
        {
            return Left(Removing(live, reading.State, StillThere(reading.State, planned.Removed)));
        }

        var conflicts = Conflicts(planned, reading.State);
        if (!conflicts.IsEmpty)
        {
            return new ResumeStep.Conflict(conflicts);
        }

        var left = Difference.Between(planned.Before, planned.After, _sameness).Where(d => !_sameness.Same(d.Of(reading.State), d.New));
        var target = Difference.Revert(reading.State, left.Select(d => d with { Old = d.New }));
        return Left(Writing(live, reading.State, target));
    }

    public UndoStep Undo(Scope scope, Reading reading, StepPlan done, bool force) => done.Removed.IsEmpty
        ? UndoWant(Live(scope, reading), reading.State, done, force)
        : UndoRemoval(Live(scope, reading), reading.State, done);

    private static Scope Live(Scope scope, Reading reading) =>
        scope.With("state", reading.State).With("read", reading.Output).With("before", reading.State);

    private static bool Holds(Expression? condition, Scope scope) => condition?.Evaluate(scope).IsTruthy() ?? false;

    private StepChange? PlanWant(Scope live, Reading reading)
    {
        var target = wanted is null ? Merging.Merge(reading.State, step.Want!.Render(live)) : WorkedOut(wanted, live);
        var isSame = _sameness.Same(reading.State, target);
        if (step.Meets is { } meets && (isSame || !Holds(meets, live.With("state", target))))
        {
            throw new UnmetRuleException(meets, live);
        }

        if (isSame)
        {
            return null;
        }

        var calls = Calls(step.Write, Writing(live, reading.State, target));
        return new(new() { Step = step.Name, Before = reading.State, After = target, Calls = [.. calls.Select(c => c.Planned)] }, calls);
    }

    /// <summary>What AWS answers has forms that nobody thought of; that is a refusal in words, as for an expression.</summary>
    private JsonElement WorkedOut(Func<Scope, JsonElement> procedure, Scope live)
    {
        try
        {
            return procedure(live);
        }
        catch (Exception e) when (ExpressionException.IsOfExpression(e))
        {
            throw new ExpressionException("procedure", step.At, step.Procedure ?? "", e);
        }
    }

    private StepChange? PlanRemoval(Scope live, Expression remove, Reading reading)
    {
        var selected = remove.Evaluate(live);
        ImmutableArray<JsonElement> items = selected.IsList() ? [.. selected.EnumerateArray()] : [];
        if (items.IsEmpty)
        {
            return null;
        }

        var removing = Removing(live, reading.State, items);
        var calls = Calls(step.Write, removing);
        return new(
            new() { Step = step.Name, Before = reading.State, After = removing["target"], Removed = items, Calls = [.. calls.Select(c => c.Planned)] },
            calls);
    }

    private UndoStep UndoWant(Scope live, JsonElement current, StepPlan done, bool force)
    {
        var differences = Difference.Between(done.Before, done.After, _sameness);
        if (differences.All(d => _sameness.Same(d.Of(current), d.Old)))
        {
            return new UndoStep.Nothing();
        }

        var conflicts = done.Before.IsNull() && !_sameness.Same(current, done.After)
            ? Difference.Between(done.After, current, _sameness)
            : Conflicts(done, current);
        if (!conflicts.IsEmpty && !force)
        {
            return new UndoStep.Conflict(conflicts);
        }

        var back = Writing(live.With("before", done.Before), current, Difference.Revert(current, differences))
            .With("added", Names(done.After, name => done.Before.Member(name).IsNull()));
        return new UndoStep.Calls(Calls(BackCalls(done), back));
    }

    private UndoStep UndoRemoval(Scope live, JsonElement current, StepPlan done)
    {
        var there = _sameness.Items(current);
        var missing = done.Removed.Where(item => !there.Contains(item)).ToImmutableArray();
        if (missing.IsEmpty)
        {
            return new UndoStep.Nothing();
        }

        var target = current.IsList() ? Json.List([.. current.EnumerateArray(), .. missing]) : done.Before;
        var back = live.With("before", done.Before).With("items", Json.List(missing)).With("target", target);
        return new UndoStep.Calls(Calls(BackCalls(done), back));
    }

    private ImmutableArray<Call> BackCalls(StepPlan done) => done.Before.IsNull() && !step.Clear.IsEmpty
        ? step.Clear
        : step.Undo.IsEmpty ? step.Write : step.Undo;

    /// <summary>Where the resource holds neither the value from before nor the value that was written.</summary>
    private ImmutableArray<Difference> Conflicts(StepPlan plan, JsonElement current) =>
    [
        .. Difference.Between(plan.Before, plan.After, _sameness)
            .Where(d => !_sameness.Same(d.Of(current), d.Old) && !_sameness.Same(d.Of(current), d.New))
            .Select(d => new Difference(d.Path, d.New, d.Of(current))),
    ];

    private ImmutableArray<JsonElement> StillThere(JsonElement current, ImmutableArray<JsonElement> items) => current.IsList()
        ? [.. current.EnumerateArray().Where(_sameness.Items(items).Contains)]
        : items;

    private ResumeStep Left(Scope scope)
    {
        var isDone = scope["items"].IsList() ? !scope["items"].IsTruthy() : _sameness.Same(scope["state"], scope["target"]);
        return isDone ? new ResumeStep.Nothing() : new ResumeStep.Calls(Calls(step.Write, scope));
    }

    private Scope Writing(Scope live, JsonElement state, JsonElement target) => live
        .With("target", target)
        .With("diff", Changed(state, target))
        .With("added", Names(target, name => state.Member(name).IsNull()));

    private Scope Removing(Scope live, JsonElement state, ImmutableArray<JsonElement> items)
    {
        var going = _sameness.Items(items);
        var rest = state.IsList() ? state.EnumerateArray().Where(i => !going.Contains(i)) : [];
        return live.With("items", Json.List(items)).With("target", Json.List(rest));
    }

    /// <summary>The members that differ; of a list, the items that are new; of anything else, the whole.</summary>
    private JsonElement Changed(JsonElement state, JsonElement target) => target switch
    {
        { ValueKind: JsonValueKind.Object } => Json.Object(target.EnumerateObject()
            .Where(m => !_sameness.Same(m.Value, state.Member(m.Name)))
            .Select(m => KeyValuePair.Create(m.Name, m.Value))),
        { ValueKind: JsonValueKind.Array } when _sameness.Items(state) is var earlier => Json.List(target.EnumerateArray().Where(i => !earlier.Contains(i))),
        _ => target,
    };

    private static JsonElement Names(JsonElement value, Func<string, bool> which) => Json.List(value.IsObject()
        ? value.EnumerateObject().Select(m => m.Name).Where(which).Select(Json.Text)
        : []);

    private static ImmutableArray<ReadyCall> Calls(ImmutableArray<Call> calls, Scope scope) =>
        [.. calls.SelectMany(call => Ready(call, scope))];

    private static IEnumerable<ReadyCall> Ready(Call call, Scope scope)
    {
        if (call.ForEach is not { } each)
        {
            return Applies(call, scope) ? [new(new(call.Operation, call.Input.Render(scope)), call)] : [];
        }

        var items = each.Evaluate(scope);
        return (items.IsList() ? items.EnumerateArray() : default)
            .Select(item => scope.With("item", item))
            .Where(one => Applies(call, one))
            .Select(one => new ReadyCall(new(call.Operation, call.Input.Render(one)), call));
    }

    private static bool Applies(Call call, Scope scope) => call.When is not { } when || when.Evaluate(scope).IsTruthy();
}
