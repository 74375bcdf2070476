using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>A plan for people: what differs, and the calls.</summary>
internal static class PlanText
{
    /// <param name="withValues">Values may be policies, tags or worse: those that may be secret are shown on request only.</param>
    public static void Differences(Screen screen, Plan plan, bool withValues)
    {
        var isHidden = false;
        foreach (var line in DifferenceLines.Of(plan, withValues))
        {
            isHidden |= line.Text.Contains(ShownValue.Hidden, StringComparison.Ordinal);
            screen.Line($"  {line}", line.Tone);
        }

        if (isHidden && !withValues)
        {
            screen.Line($"  {ShownValue.Hidden} stands for what may be secret: --values shows it.", Tone.Quiet);
        }
    }

    public static IEnumerable<string> Differences(Plan plan, bool withValues) =>
        DifferenceLines.Of(plan, withValues).Select(l => l.ToString());

    public static void Calls(Screen screen, IEnumerable<PlannedCall> calls, bool withValues)
    {
        foreach (var call in calls)
        {
            screen.Line($"  {call.Operation}{(withValues ? $" {call.Input.GetRawText()}" : "")}");
        }
    }
}
