using Remediator.Cli.Output;
using Remediator.Values;

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
                screen.Line($"  {(incident.IsChanged ? "called" : "would call")} {call.Operation} {call.Input.GetRawText()}");
            }

            if (incident.State is IncidentState.Fixed)
            {
                screen.Line($"  read back {Json.Object(plan.Steps.Select(s => KeyValuePair.Create(s.Step, s.After))).GetRawText()}");
            }
        }

        screen.Line($"  journal: {string.Join("; ", incident.Entries.Select(e => e.What))}", Tone.Quiet);
    }
}
