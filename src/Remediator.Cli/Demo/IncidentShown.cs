using Remediator.Cli.Output;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Demo;

/// <summary>One incident of the demo as its journal entry tells it.</summary>
internal sealed class IncidentShown(Screen screen)
{
    private int _shown;

    public void Show(Seeded seeded, Incident incident)
    {
        screen.Line();
        screen.Line($"{++_shown}. {seeded.Drift.Title}: {seeded.Id}", Tone.Heading);
        screen.Field(
            "rule",
            incident.Terms.RuleIdentifier is { Length: > 0 } identifier
                ? $"{incident.Rule.Name} ({identifier})"
                : $"{incident.Rule.Name}, the account's own");
        screen.Field("incident", $"{incident.Id}, playbook {incident.Playbook}");
        if (incident.Change?.Recorded is { } recorded)
        {
            screen.Field("goes back", recorded.Words);
        }

        if (incident.Plan is { } plan)
        {
            Fields("differs", PlanText.Differences(plan, withValues: true));
            Calls(Made(incident), plan.Calls);
            if (incident.State is IncidentState.Fixed)
            {
                Fields("read back", plan.Steps.SelectMany(ReadBack));
            }
        }

        if (incident.Reason is { } reason)
        {
            screen.Field("stopped", $"{reason.Name()}: {incident.Detail}", Tone.Warning);
        }

        screen.Field("journal", string.Join("; ", incident.Entries.Select(e => $"{e.At:HH:mm:ss} {e.What}")), Tone.Quiet);
    }

    public void Calls(string name, IEnumerable<PlannedCall> calls) =>
        Fields(name, calls.Select(c => $"{c.Operation} {ValueText.Of(c.Input)}"));

    private void Fields(string name, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            screen.Field(name, text);
            name = "";
        }
    }

    private static IEnumerable<string> ReadBack(StepPlan step) => step.IsByPart
        ? [.. Parts(step)]
        : step.Differences(StateComparer.Exact).Select(d => d.Path.IsEmpty ? ValueText.Of(d.New) : $"{d.At}: {ValueText.Of(d.New)}");

    private static IEnumerable<string> Parts(StepPlan step)
    {
        if (!step.Removed.IsEmpty)
        {
            yield return $"none of the {step.Removed.Length} is left";
        }

        if (!step.Added.IsEmpty)
        {
            yield return $"all {step.Added.Length} are back";
        }

        yield return $"{(step.After.IsList() ? step.After.GetArrayLength() : 0) - step.Added.Length} others are there still";
    }

    private static string Made(Incident incident) => incident switch
    {
        { IsChanged: true } => "called",
        { Attempts: > 0 } => "put back",
        _ => "would call",
    };
}
