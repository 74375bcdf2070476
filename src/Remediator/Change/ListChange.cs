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
        var (going, coming) = (Present(planned.Removed, state, planned.After), Missing(planned.Added, state, planned.After));
        return going.IsEmpty && coming.IsEmpty ? new ResumeStep.Nothing() : new ResumeStep.Calls(Calls(live, state, going, coming));
    }

    public UndoStep Undo(Scope live, JsonElement state, StepPlan done)
    {
        var (going, coming) = (Present(done.Added, state, done.Before), Missing(done.Removed, state, done.Before));
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
        var gone = Counts(going);
        // Of equal ones the last go, as in Present.
        return Json.List([.. Items(state).Reverse().Where(i => !Take(gone, i)).Reverse(), .. coming]);
    }

    /// <summary>As the resource has them now, for their ids may be new; of equal ones no more than are too many.</summary>
    private ImmutableArray<JsonElement> Present(ImmutableArray<JsonElement> items, JsonElement state, JsonElement goal)
    {
        if (!state.IsList())
        {
            return items;
        }

        var (stays, goes) = (Counts(Items(goal)), Counts(items));
        return [.. state.EnumerateArray().Where(i => !Take(stays, i) && Take(goes, i))];
    }

    /// <summary>Of equal ones as many as are too few.</summary>
    private ImmutableArray<JsonElement> Missing(ImmutableArray<JsonElement> items, JsonElement state, JsonElement goal)
    {
        var (there, comes) = (Counts(Items(state)), Counts(items));
        foreach (var other in Items(goal).Where(i => !Take(comes, i)))
        {
            Take(there, other);
        }

        return [.. items.Where(item => !Take(there, item))];
    }

    private Dictionary<string, int> Counts(IEnumerable<JsonElement> items) =>
        items.CountBy(key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    /// <summary>Whether one was left; there is one less then.</summary>
    private bool Take(Dictionary<string, int> left, JsonElement item)
    {
        var form = key(item);
        var count = left.GetValueOrDefault(form);
        left[form] = count - 1;
        return count > 0;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement list) => list.IsList() ? list.EnumerateArray() : default;
}
