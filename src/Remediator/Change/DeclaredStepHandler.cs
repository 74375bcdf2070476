using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Change.Recorded;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>A step as the playbook's own words say it; what must be may be worked out by a procedure that it names.</summary>
internal sealed class DeclaredStepHandler(Step step, Func<Scope, JsonElement>? wanted = null) : IStepHandler
{
    private readonly StateComparer _comparer = new(step.Ignore);
    private readonly Canonical _canonical = new(step.Ignore);
    private readonly ListChange _list = new(step, part => StateKey.Of(part, step.Ignore));
    private readonly ListChange _recordedList = new(step, new Canonical(step.Ignore).Of);

    public Step Step => step;

    public Task<Reading> ReadAsync(Scope scope, IAws aws, CancellationToken ct) => Reader.ReadAsync(step.Read, scope, aws, ct);

    public StepChange? Plan(Scope scope, Reading reading)
    {
        var live = Live(scope, reading);
        if (Holds(step.Unless, live) || Holds(step.Meets, live))
        {
            return null;
        }

        return step.Deletes is { } deletes ? PlanDeletion(live, deletes, reading)
            : step.Remove is { } remove ? PlanRemoval(live, remove, reading)
            : PlanWant(live, reading);
    }

    public RecordedStep PlanRecorded(Scope scope, Reading reading, RecordedValues recorded)
    {
        var live = Live(scope, reading);
        return ThreeWay.Merge(recorded, reading.State, step.Ignore) switch
        {
            Merged.Nothing => new RecordedStep.Nothing(),
            Merged.ChangedSince(var differences) => new RecordedStep.Refused(Reason.ChangedSince, [.. differences.Select(d => d.At)]),
            Merged.Masked(var at) => new RecordedStep.Refused(Reason.Masked, at),
            Merged.Change change when IsByPart(change) => Rollback(_recordedList.Plan(live, reading.State, change.Removed, change.Added)!),
            Merged.Change change => Rollback(PlanBack(live, reading.State, change.Target)),
            var other => throw new InvalidOperationException($"A merge cannot end as {other}."),
        };
    }

    public ResumeStep Resume(Scope scope, Reading reading, StepPlan planned)
    {
        var live = Live(scope, reading).With("before", planned.Before);
        if (planned.IsByPart)
        {
            return ListOf(planned).Resume(live, reading.State, planned);
        }

        var conflicts = Conflicts(planned, reading.State);
        if (!conflicts.IsEmpty)
        {
            return new ResumeStep.Conflict(conflicts);
        }

        var left = Difference.Between(planned.Before, planned.After, _comparer)
            .Where(d => !Same(planned, d.Of(reading.State), d.New));
        var target = Difference.Revert(reading.State, left.Select(d => d with { Old = d.New }));
        if (_comparer.Same(reading.State, target))
        {
            return new ResumeStep.Nothing();
        }

        return new ResumeStep.Calls(planned.IsRollback
            ? PlanBack(live, reading.State, target).Calls
            : CallTemplates.Ready(step.Write, Writing(live, reading.State, target)));
    }

    public UndoStep Undo(Scope scope, Reading reading, StepPlan done, bool force)
    {
        var undo = done.IsByPart
            ? ListOf(done).Undo(Live(scope, reading), reading.State, done)
            : UndoWant(Live(scope, reading), reading.State, done, force);
        return undo is UndoStep.Calls && step.Final is { } final ? throw new NotReversibleException(final) : undo;
    }

    /// <summary>What Config recorded is compared with more forbearance than what an API answered.</summary>
    private ListChange ListOf(StepPlan plan) => plan.IsRollback ? _recordedList : _list;

    /// <summary>Where nothing is set, some settings are read as an empty text, and a rollback to nothing is no less right.</summary>
    private bool Same(StepPlan plan, JsonElement a, JsonElement b) => plan.IsRollback ? _canonical.Same(a, b) : _comparer.Same(a, b);

    private static Scope Live(Scope scope, Reading reading) =>
        scope.With("state", reading.State).With("read", reading.Output).With("before", reading.State);

    private static bool Holds(Expression? condition, Scope scope) => condition?.Evaluate(scope).IsTruthy() ?? false;

    private StepChange? PlanWant(Scope live, Reading reading)
    {
        var target = wanted is null ? Merging.Merge(reading.State, step.Want!.Render(live)) : WorkedOut(wanted, live);
        var isSame = _comparer.Same(reading.State, target);
        if (step.Meets is { } meets && (isSame || !Holds(meets, live.With("state", target))))
        {
            throw new UnmetRuleException(meets, live);
        }

        if (isSame)
        {
            return null;
        }

        var calls = CallTemplates.Ready(step.Write, Writing(live, reading.State, target));
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

    /// <summary>What was read is kept, for whoever has to make it anew.</summary>
    private StepChange? PlanDeletion(Scope live, Expression deletes, Reading reading)
    {
        if (!Holds(deletes, live))
        {
            return null;
        }

        var calls = CallTemplates.Ready(step.Write, Writing(live, reading.State, Json.Null));
        var planned = calls.Select(c => c.Planned);
        return new(new() { Step = step.Name, Before = reading.State, After = Json.Null, Deletes = true, Calls = [.. planned] }, calls);
    }

    private StepChange? PlanRemoval(Scope live, Expression remove, Reading reading)
    {
        var selected = remove.Evaluate(live);
        return _list.Plan(live, reading.State, selected.IsList() ? [.. selected.EnumerateArray()] : [], []);
    }

    /// <summary>The way to an earlier value, whatever made the one that is there.</summary>
    private StepChange PlanBack(Scope live, JsonElement state, JsonElement target)
    {
        var back = Writing(live.With("before", target), state, target).With("added", Names(state, name => target.Member(name).IsNull()));
        var calls = CallTemplates.Ready(BackCalls(target), back);
        return new(new() { Step = step.Name, Before = state, After = target, Calls = [.. calls.Select(c => c.Planned)] }, calls);
    }

    private static RecordedStep.Change Rollback(StepChange change) => new(change with { Plan = change.Plan with { IsRollback = true } });

    /// <summary>Part by part, where the playbook has calls for a part.</summary>
    private bool IsByPart(Merged.Change change) =>
        (!change.Removed.IsEmpty || !change.Added.IsEmpty) && (step.Remove is not null || (step.IsOnlyRecorded && !step.Undo.IsEmpty));

    private UndoStep UndoWant(Scope live, JsonElement current, StepPlan done, bool force)
    {
        var differences = Difference.Between(done.Before, done.After, _comparer);
        if (differences.All(d => _comparer.Same(d.Of(current), d.Old)))
        {
            return new UndoStep.Nothing();
        }

        var conflicts = done.Before.IsNull() && !Same(done, current, done.After)
            ? Difference.Between(done.After, current, _comparer)
            : Conflicts(done, current);
        if (!conflicts.IsEmpty && !force)
        {
            return new UndoStep.Conflict(conflicts);
        }

        if (step.Write.Any(c => c.IsChangeSet))
        {
            throw new NotReversibleException(
                "What a change set of CloudFormation did is not taken back. Change the setting by hand, or the stack's template.");
        }

        if (done.Deletes && step.Undo.IsEmpty)
        {
            throw new NotReversibleException("What was deleted is not brought back. What was read of it before stands in the plan.");
        }

        var back = Writing(live.With("before", done.Before), current, Difference.Revert(current, differences))
            .With("added", Names(done.After, name => done.Before.Member(name).IsNull()));
        return new UndoStep.Calls(CallTemplates.Ready(BackCalls(done.Before), back));
    }

    private ImmutableArray<Call> BackCalls(JsonElement before) => before.IsNull() && !step.Clear.IsEmpty
        ? step.Clear
        : step.Undo.IsEmpty ? step.Write : step.Undo;

    /// <summary>Where the resource holds neither the value from before nor the value that was written.</summary>
    private ImmutableArray<Difference> Conflicts(StepPlan plan, JsonElement current) =>
    [
        .. Difference.Between(plan.Before, plan.After, _comparer)
            .Where(d => !Same(plan, d.Of(current), d.Old) && !Same(plan, d.Of(current), d.New))
            .Select(d => new Difference(d.Path, d.New, d.Of(current))),
    ];

    private Scope Writing(Scope live, JsonElement state, JsonElement target) => live
        .With("target", target)
        .With("diff", Changed(state, target))
        .With("added", Names(target, name => state.Member(name).IsNull()));

    /// <summary>The members that differ; of a list, the items that are new; of anything else, the whole.</summary>
    private JsonElement Changed(JsonElement state, JsonElement target) => target switch
    {
        { ValueKind: JsonValueKind.Object } => Json.Object(target.EnumerateObject()
            .Where(m => !_comparer.Same(m.Value, state.Member(m.Name)))
            .Select(m => KeyValuePair.Create(m.Name, m.Value))),
        { ValueKind: JsonValueKind.Array } when _comparer.Items(state) is var earlier =>
            Json.List(target.EnumerateArray().Where(i => !earlier.Contains(i))),
        _ => target,
    };

    private static JsonElement Names(JsonElement value, Func<string, bool> which) => Json.List(value.IsObject()
        ? value.EnumerateObject().Select(m => m.Name).Where(which).Select(Json.Text)
        : []);
}
