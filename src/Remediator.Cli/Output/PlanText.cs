using Remediator.Change;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>A plan for people: what differs, and the calls.</summary>
internal static class PlanText
{
    /// <param name="withValues">Values may be policies, tags or worse: they are shown on request only.</param>
    public static void Differences(Screen screen, Plan plan, bool withValues)
    {
        foreach (var step in plan.Steps)
        {
            foreach (var difference in step.Differences(Sameness.Exact))
            {
                var values = withValues ? $"{Value(difference.Old)} -> {Value(difference.New)}" : $"{Plain(difference.Old)} -> {Plain(difference.New)}";
                screen.Line($"  {(plan.Steps.Length > 1 ? $"{step.Step}: " : "")}{difference.At}: {values}");
            }
        }
    }

    public static void Calls(Screen screen, IEnumerable<PlannedCall> calls, bool withValues)
    {
        foreach (var call in calls)
        {
            screen.Line($"  {call.Operation}{(withValues ? $" {call.Input.GetRawText()}" : "")}");
        }
    }

    private static string Value(System.Text.Json.JsonElement value) => value.IsNull() ? "(not set)" : value.GetRawText();

    private static string Plain(System.Text.Json.JsonElement value) => value.IsNull() || value.ValueKind is not
        (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False or System.Text.Json.JsonValueKind.Number)
        ? value.IsNull() ? "(not set)" : "(a value: --values shows it)"
        : value.GetRawText();
}
