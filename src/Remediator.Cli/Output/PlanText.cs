using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>A plan for people: what differs, and the calls.</summary>
internal static class PlanText
{
    /// <param name="withValues">Values may be policies, tags or worse: they are shown on request only.</param>
    public static void Differences(Screen screen, Plan plan, bool withValues)
    {
        foreach (var line in Differences(plan, withValues))
        {
            screen.Line($"  {line}");
        }
    }

    /// <summary>One line for each place that differs; what is set anew is shown member by member.</summary>
    public static IEnumerable<string> Differences(Plan plan, bool withValues)
    {
        foreach (var step in plan.Steps)
        {
            var prefix = plan.Steps.Length > 1 ? $"{step.Step}: " : "";
            foreach (var removed in step.Removed)
            {
                yield return $"{prefix}removed: {Value(removed, withValues)}";
            }

            foreach (var added in step.Added)
            {
                yield return $"{prefix}put back: {Value(added, withValues)}";
            }

            foreach (var (at, old, @new) in step.IsByPart ? [] : step.Differences(StateComparer.Exact).SelectMany(Members))
            {
                yield return $"{prefix}{at}: {Value(old, withValues)} -> {Value(@new, withValues)}";
            }
        }
    }

    /// <summary>A place that differs, in a line for each of its members.</summary>
    public static IEnumerable<string> Of(Difference difference, bool withValues) =>
        Members(difference).Select(m => $"{m.At}: {Value(m.Old, withValues)} -> {Value(m.New, withValues)}");

    public static void Calls(Screen screen, IEnumerable<PlannedCall> calls, bool withValues)
    {
        foreach (var call in calls)
        {
            screen.Line($"  {call.Operation}{(withValues ? $" {call.Input.GetRawText()}" : "")}");
        }
    }

    private static IEnumerable<(string At, JsonElement Old, JsonElement New)> Members(Difference d) => d switch
    {
        { New.ValueKind: JsonValueKind.Object } when d.Old.IsNull() =>
            d.New.EnumerateObject().Select(m => (Path(d, m.Name), Json.Null, m.Value)),
        { Old.ValueKind: JsonValueKind.Object } when d.New.IsNull() =>
            d.Old.EnumerateObject().Select(m => (Path(d, m.Name), m.Value, Json.Null)),
        _ => [(d.At, d.Old, d.New)],
    };

    private static string Path(Difference d, string member) => string.Join('.', d.Path.Add(member));

    private static string Value(JsonElement value, bool withValues) =>
        withValues || value.IsNull() || value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number
            ? ValueText.Of(value)
            : "(a value: --values shows it)";
}
