using Remediator.Aws;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Replay;

/// <summary>What came of an event, for people.</summary>
internal static class ReplayText
{
    public static void Show(Screen screen, Replayed replayed, IReadOnlyList<Message> unsent)
    {
        if (replayed.Incident is { Plan: { } plan } incident)
        {
            screen.Facts(("Playbook", incident.Playbook), ("Mode", incident.Terms.Mode?.Name() ?? ""));
            screen.Line();
            screen.Line("Difference", Tone.Heading);
            PlanText.Differences(screen, plan, withValues: true);
            screen.Line();
            screen.Line(
                replayed.Outcome is "observed" or "awaiting-approval" ? "Calls that would be made" : "Calls that were made", Tone.Heading);
            PlanText.Calls(screen, replayed.Calls, withValues: true);
        }

        Ending(screen, replayed.Outcome, replayed.Incident?.Id, replayed.Reason);
        if (replayed.Outcome is "rejected")
        {
            screen.Line(
                "What is read: an event of AWS Config as EventBridge delivers it, a queue message or a batch of them; 'remediator "
                + "replay --help' shows how."
            );
        }

        foreach (var message in unsent)
        {
            screen.Line();
            screen.Line("The notice, which was not sent:", Tone.Heading);
            screen.Line(message.ByProtocol["email"].TrimEnd());
        }
    }

    public static void Ending(Screen screen, string outcome, string? incident, string? reason)
    {
        screen.Line();
        // What was done is clearer than the name of the outcome.
        var isSaid = outcome is "done" && reason is { Length: > 0 };
        screen.Line(isSaid ? reason! : OutcomeWords.Of(outcome), OutcomeWords.ToneOf(outcome));
        screen.Facts(("Reason", isSaid ? null : reason), ("Incident", incident));
    }
}
