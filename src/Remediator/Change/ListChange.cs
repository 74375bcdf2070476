using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Change;

/// <summary>Changes a list part by part: the write calls take parts away, the undo calls bring them back.</summary>
/// <param name="step">Whose calls are made.</param>
/// <param name="key">The same for parts that are the same.</param>
internal sealed class ListChange(Step step, Func<JsonElement, string> key)
{
    public StepChange? Plan(Scope live, JsonElement state, ImmutableArray<JsonElement> going, ImmutableArray<JsonElement> coming)
    {
        if (going.IsEmpty && coming.IsEmpty)
        {
            return null;
        }

        var calls = Calls(live, state, going, coming);
        return new(
            new()
            {
                Step = step.Name,
                Before = state,
                After = Target(state, going, coming),
                Removed = going,
                Added = coming,
                Calls = [.. calls.Select(c => c.Planned)],
            },
            calls);
    }

    public ResumeStep Resume(Scope live, JsonElement state, StepPlan planned)
    {
        var (going, coming) = (Present(planned.Removed, state), Missing(planned.Added, state));
        return going.IsEmpty && coming.IsEmpty ? new ResumeStep.Nothing() : new ResumeStep.Calls(Calls(live, state, going, coming));
    }

    public UndoStep Undo(Scope live, JsonElement state, StepPlan done)
    {
        var (going, coming) = (Present(done.Added, state), Missing(done.Removed, state));
        return going.IsEmpty && coming.IsEmpty
            ? new UndoStep.Nothing()
            : new UndoStep.Calls(Calls(live.With("before", done.Before), state, going, coming, whole: state.IsList() ? null : done.Before));
    }

    /// <summary>A write without an undo writes the whole list: one of it does for what goes and for what comes.</summary>
    private ImmutableArray<ReadyCall> Calls(
        Scope live, JsonElement state, ImmutableArray<JsonElement> going, ImmutableArray<JsonElement> coming, JsonElement? whole = null)
    {
        var scope = live.With("target", whole ?? Target(state, going, coming));
        if (step.Undo.IsEmpty)
        {
            return CallTemplates.Ready(step.Write, scope.With("items", Json.List(going.IsEmpty ? coming : going)));
        }

        ImmutableArray<ReadyCall> away = going.IsEmpty ? [] : CallTemplates.Ready(step.Write, scope.With("items", Json.List(going)));
        ImmutableArray<ReadyCall> back = coming.IsEmpty ? [] : CallTemplates.Ready(step.Undo, scope.With("items", Json.List(coming)));
        return [.. away, .. back];
    }

    private JsonElement Target(JsonElement state, ImmutableArray<JsonElement> going, ImmutableArray<JsonElement> coming)
    {
        var gone = Keys(going);
        return Json.List([.. Items(state).Where(i => !gone.Contains(key(i))), .. coming]);
    }

    /// <summary>As the resource has them now: their ids may be new.</summary>
    private ImmutableArray<JsonElement> Present(ImmutableArray<JsonElement> items, JsonElement state)
    {
        var wanted = Keys(items);
        return state.IsList() ? [.. state.EnumerateArray().Where(i => wanted.Contains(key(i)))] : items;
    }

    private ImmutableArray<JsonElement> Missing(ImmutableArray<JsonElement> items, JsonElement state)
    {
        var there = Keys(Items(state));
        return [.. items.Where(item => !there.Contains(key(item)))];
    }

    private HashSet<string> Keys(IEnumerable<JsonElement> items) => items.Select(key).ToHashSet(StringComparer.Ordinal);

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.IsList() ? list.EnumerateArray() : default;
}
