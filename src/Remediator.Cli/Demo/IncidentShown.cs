using Remediator.Cli.Output;

namespace Remediator.Cli.Demo;

/// <summary>One incident of the demo as its journal entry tells it.</summary>
internal sealed class IncidentShown(Screen screen)
{
    public void Show(Seeded seeded, Incident incident)
    {
        screen.Line();
        screen.Line($"{seeded.Drift.Title}: {seeded.Id}", Tone.Heading);
        screen.Line($"  incident {incident.Id}, rule {incident.Rule.Name} ({incident.RuleIdentifier}), playbook {incident.Playbook}");
        if (incident.Reason is { } reason)
        {
            screen.Line($"  {reason.Name()}: {incident.Detail}", Tone.Warning);
        }

        if (incident.Plan is { } plan)
        {
            PlanText.Differences(screen, plan, withValues: true);
            foreach (var call in plan.Calls)
            {
                screen.Line($"  {Made(incident)} {call.Operation} {call.Input.GetRawText()}");
            }

            if (incident.State is IncidentState.Fixed)
            {
                screen.Line($"  read back {Short(string.Join(", ", plan.Steps.Select(s => s.After.GetRawText())))}");
            }
        }

        screen.Line($"  journal: {string.Join("; ", incident.Entries.Select(e => e.What))}", Tone.Quiet);
    }

    private static string Made(Incident incident) => incident switch
    {
        { IsChanged: true } => "called",
        { Attempts: > 0 } => "called and put back",
        _ => "would call",
    };

    private static string Short(string text) => text.Length > 300 ? $"{text[..300]} …" : text;
}
