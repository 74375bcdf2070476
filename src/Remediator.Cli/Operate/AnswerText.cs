using Remediator.Authoring.Catalog;
using Remediator.Cli.Output;
using Remediator.Cli.Replay;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>How a command ended, for people.</summary>
internal static class AnswerText
{
    public static void Show(Screen screen, Answer answer)
    {
        if (answer.Plan is { } plan)
        {
            screen.Line("Difference", Tone.Heading);
            PlanText.Differences(screen, plan, withValues: true);
            screen.Line();
        }

        if (answer.Calls is { IsEmpty: false } calls)
        {
            screen.Line(
                answer.Plan is not null && Answer.IsPlanOnly(answer.Outcome) ? "Calls that would be made" : "Calls that were made",
                Tone.Heading);
            PlanText.Calls(screen, calls, withValues: answer.Plan is not null);
        }

        ReplayText.Ending(screen, answer.Outcome, answer.Incident, answer.Reason);
        if (answer.Differences is not [])
        {
            screen.Line();
            screen.Table(["At", "Written", "Found now"], [.. answer.Differences.Select(d => (string[])[d.At, Value(d.Old), Value(d.New)])]);
            screen.Line("Put it back all the same with --force --why '…', or leave it as it is.");
        }

        foreach (var message in answer.Unsent)
        {
            screen.Line();
            screen.Line("A notice is due and was not sent from here; the sweep sends it:", Tone.Heading);
            screen.Line(message.Subject);
        }
    }

    private static string Value(System.Text.Json.JsonElement value) => value.IsNull() ? "(not set)" : value.GetRawText();
}
