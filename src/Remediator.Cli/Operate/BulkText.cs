using System.Collections.Immutable;
using Remediator.Cli.Listing;
using Remediator.Cli.Output;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>A command about many incidents, for people: what it will do, and how it ended.</summary>
internal static class BulkText
{
    private const int MostNamed = 6;

    public static void Selected(Screen screen, OperatorCommand command, Selection selection)
    {
        foreach (var form in PlanForm.Of(selection.Chosen))
        {
            Form(screen, command, form);
            screen.Line();
        }

        foreach (var (incident, why) in selection.LeftOut)
        {
            screen.Line($"Left out: {incident}. {why}", Tone.Warning);
        }

        if (selection.Unfit > 0)
        {
            screen.Line(
                $"{Totals.Count(selection.Unfit, "other incident")} matched, and '{Word(command.Verb)}' can do nothing with "
                + $"{(selection.Unfit == 1 ? "it" : "them")}.",
                Tone.Quiet);
        }
    }

    public static string Question(OperatorCommand command, Selection selection) =>
        $"{Asked(command.Verb)} {Totals.Count(selection.Chosen.Length, "incident")}? Type yes to go on: ";

    public static void Ended(Screen screen, ImmutableArray<(Incident About, Answer Answer)> ended, int notBegun)
    {
        screen.Line();
        var counts = ended.CountBy(e => e.Answer.Outcome).OrderByDescending(c => c.Value).Select(c => $"{c.Value} {c.Key}");
        var left = notBegun switch
        {
            0 => "",
            1 => " 1 was not begun.",
            _ => $" {notBegun} were not begun.",
        };
        screen.Line($"{Totals.Count(ended.Length, "incident")}: {string.Join(", ", counts)}.{left}", Tone.Heading);
        foreach (
            var (about, answer) in ended.Where(e => e.Answer.Outcome is not ("fixed" or "already-right" or "undone" or "closed" or "done")))
        {
            screen.Line($"  {about.Id}  {answer.Outcome}: {answer.Reason}", OutcomeWords.ToneOf(answer.Outcome));
            foreach (var line in answer.Differences.SelectMany(d => DifferenceLines.Of(d, withValues: false)))
            {
                screen.Line($"    {line}", line.Tone);
            }

            if (answer.Outcome is "conflict")
            {
                screen.Line(
                    $"    ~ stands between what was written and what is there now. All the same: remediator undo {about.Id} --force "
                    + "--why '…'"
                );
            }
        }
    }

    private static void Form(Screen screen, OperatorCommand command, PlanForm form)
    {
        var (count, first) = (form.Incidents.Length, form.First);
        if (form.Plan is { IsAlreadyRight: false } plan)
        {
            screen.Line(
                $"{Totals.Count(count, "plan")} of the form "
                + $"{first.Playbook}{(command.Verb is OperatorVerb.Undo ? ", to be put back" : "")}",
                Tone.Heading);
            PlanText.Differences(screen, command.Verb is OperatorVerb.Undo ? Reversed(plan) : plan, withValues: false);
            foreach (var call in command.Verb is OperatorVerb.Undo ? [] : plan.Calls)
            {
                screen.Line($"  calls {CallText.Of(call)}");
            }
        }
        else
        {
            var stopped = first.Reason is { } reason ? $", {reason.Name()}" : "";
            screen.Line($"{Totals.Count(count, "incident")} of rule {first.Rule.Name}{stopped}, without a plan", Tone.Heading);
        }

        foreach (var incident in form.Incidents.Take(MostNamed))
        {
            screen.Line(
                $"  {incident.Id}  {IncidentWords.Account(incident)}  {incident.Resource.Region}  "
                + PlainText.Line(incident.Resource.Id, 200));
        }

        if (count > MostNamed)
        {
            var accounts = form.Incidents.CountBy(IncidentWords.Account).OrderByDescending(a => a.Value).Select(a => $"{a.Key} {a.Value}");
            screen.Line($"  and {count - MostNamed} more; by account: {string.Join(", ", accounts)}");
        }
    }

    private static Plan Reversed(Plan plan) =>
        new([.. plan.Steps.Reverse().Select(s => s with { Before = s.After, After = s.Before, Removed = s.Added, Added = s.Removed })]);

    private static string Word(OperatorVerb verb) => verb.ToString().ToLowerInvariant();

    private static string Asked(OperatorVerb verb) => verb switch
    {
        OperatorVerb.Undo => "Put back what was changed for",
        OperatorVerb.Approve => "Approve the plans of",
        OperatorVerb.Retry => "Start again with",
        OperatorVerb.Acknowledge => "Take on",
        OperatorVerb.Hold => "Hold",
        OperatorVerb.Exempt => "Exempt",
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "A command that is about no incident."),
    };
}
