using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Cli.Output;

/// <summary>An incident for people.</summary>
internal static class IncidentText
{
    public static void Show(Screen screen, Incident i, bool withValues)
    {
        screen.Line($"{i.Id}  {i.State.StoredName()}", i.State is IncidentState.Escalated ? Tone.Bad : Tone.Heading);
        screen.Facts(
            ("Resource", i.Resource.ToString()),
            ("Rule", i.Terms.RuleIdentifier is { Length: > 0 } identifier ? $"{i.Rule.Name} ({identifier})" : i.Rule.Name),
            ("Config says", i.Origin.Annotation),
            ("Account", i.Terms.AccountName),
            ("Left alone", i.NotUnderstood),
            ("Order", i.Terms.Order?.Says),
            ("Severity", i.Terms.Severity.Name()),
            ("Reason", i.Reason is { } reason ? $"{reason.Name()}: {i.Detail}" : i.Detail),
            ("Playbook", i.Playbook),
            ("Goes back to", i.Change?.Recorded?.Words ?? ""),
            ("Tags from", i.Change?.TagsFrom ?? ""),
            ("Owned by", i.Change?.Owner?.Says ?? ""),
            ("In the template", i.Change?.Owner?.Template ?? ""),
            ("Changed by", i.Change?.Recorded?.ChangedBy ?? ""),
            ("Mode", i.Terms.Mode?.Name() ?? ""),
            ("Owner", i.Terms.Owner),
            ("Changed", InPlaceWords.Of(i).Words()),
            ("Deployment", i.Change?.Deployment ?? ""),
            ("Opened", $"{i.OpenedAt:u}"),
            ("Looked at", i.Due is { } due ? $"again {due:u}" : ""));
        Evidence(screen, i.Shown);
        ByHand(screen, i.Telling.Help);
        History(screen, i);
        if (i.Plan is { } plan)
        {
            screen.Facts(("Plan", i.Asked?.Identity), ("Made already", i.Change?.Made));
            screen.Line("Difference", Tone.Heading);
            PlanText.Differences(screen, plan, withValues);
            Calls(screen, "Calls", plan.Calls, withValues);
            Calls(screen, "Calls of the undo", i.Change?.UndoCalls ?? [], withValues);
        }
    }

    private static void Evidence(Screen screen, Evidence? evidence)
    {
        if (evidence is not null)
        {
            screen.Line($"What was known, {evidence.At:u}", Tone.Heading);
            foreach (var line in evidence.Lines)
            {
                screen.Line($"  {line}");
            }
        }
    }

    private static void ByHand(Screen screen, Help? help)
    {
        if (help is null)
        {
            return;
        }

        screen.Line("By hand", Tone.Heading);
        foreach (var (number, step) in help.Steps.Index())
        {
            screen.Line($"  {number + 1}. {step.Do}");
            if (step.Run.Length > 0)
            {
                screen.Line($"     {step.Run}");
            }
        }
    }

    private static void History(Screen screen, Incident i)
    {
        screen.Line("History", Tone.Heading);
        foreach (var entry in i.Entries)
        {
            screen.Line($"  {entry.At:u}  {entry.What}");
        }
    }

    private static void Calls(Screen screen, string heading, IEnumerable<PlannedCall> calls, bool withValues)
    {
        if (calls.Any())
        {
            screen.Line(heading, Tone.Heading);
            PlanText.Calls(screen, calls, withValues);
        }
    }
}
