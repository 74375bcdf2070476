using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>What a plan changes, a line a place: plain values as they are, lists by what comes and goes, policies by statement.</summary>
internal static class DifferenceText
{
    public static IEnumerable<string> Of(Plan plan) =>
        from step in plan.Steps
        let prefix = plan.Steps.Length > 1 ? $"{step.Step}: " : ""
        from line in Lines(step)
        select PlainText.Line(prefix + line, 300);

    private static IEnumerable<string> Lines(StepPlan step) => step.IsByPart
        ? [
            .. step.Removed.Select(item => $"removed: {Shown(step.Step, item)}"),
            .. step.Added.Select(item => $"put back: {Shown(step.Step, item)}"),
        ]
        : step.Differences(StateComparer.Exact).SelectMany(Lines);

    private static IEnumerable<string> Lines(Difference d) => (PolicyText.Statements(d.Old), PolicyText.Statements(d.New)) switch
    {
        ({ } old, { } @new) => Items(d, old, @new),
        ({ } old, null) when d.New.IsNull() => Items(d, old, []),
        (null, { } @new) when d.Old.IsNull() => Items(d, [], @new),
        _ when d.New.IsObject() && d.Old.IsNull() =>
            d.New.EnumerateObject().SelectMany(m => Lines(new Difference(d.Path.Add(m.Name), Json.Null, m.Value))),
        _ when d.Old.IsObject() && d.New.IsNull() =>
            d.Old.EnumerateObject().SelectMany(m => Lines(new Difference(d.Path.Add(m.Name), m.Value, Json.Null))),
        _ when IsList(d.Old) && IsList(d.New) && !(d.Old.IsNull() && d.New.IsNull()) => Items(d, List(d.Old), List(d.New)),
        _ => [$"{d.At}: {ShownValue.Of(d.At, d.Old)} -> {ShownValue.Of(d.At, d.New)}"],
    };

    private static IEnumerable<string> Items(Difference d, IReadOnlyList<JsonElement> old, IReadOnlyList<JsonElement> @new)
    {
        // A policy is known by its name; that statements stand under a member of it says nothing.
        var at = d.Path is [.. var outer, "Statement"] ? new Difference([.. outer], d.Old, d.New).At : d.At;
        var (before, after) = (StateComparer.Exact.Items([.. old]), StateComparer.Exact.Items([.. @new]));
        var gone = old.Where(item => !after.Contains(item)).Select(item => $"{at}: removed {Shown(d.At, item)}").ToList();
        var come = @new.Where(item => !before.Contains(item)).Select(item => $"{at}: added {Shown(d.At, item)}").ToList();
        return gone.Count + come.Count > 0 ? gone.Concat(come) : [$"{at}: other order, or the same more than once"];
    }

    private static string Shown(string at, JsonElement item) => PolicyText.Statement(item) ?? ShownValue.Of(at, item);

    private static bool IsList(JsonElement value) => value.IsList() || value.IsNull();

    private static IReadOnlyList<JsonElement> List(JsonElement value) => value.IsList() ? [.. value.EnumerateArray()] : [];
}
