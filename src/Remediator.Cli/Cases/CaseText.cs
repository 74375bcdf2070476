using Remediator.Cli.Output;
using Remediator.Emulator.Cases;
using Remediator.Values;

namespace Remediator.Cli.Cases;

/// <summary>The run of a playbook's cases for people.</summary>
internal static class CaseText
{
    private const int NameWidth = 30;
    private const int SaysWidth = 88;

    public static void Show(Screen screen, CaseResult result)
    {
        screen.Line();
        screen.Line($"{result.Case}, rule {result.Rule}", Tone.Heading);
        foreach (var step in result.Steps)
        {
            Show(screen, step);
        }
    }

    public static void Show(Screen screen, Otherwise otherwise)
    {
        screen.Line();
        screen.Line("What this does not show of AWS", Tone.Heading);
        foreach (var (operation, because) in otherwise.StandIns)
        {
            screen.Field("stand-in", $"{operation} is answered by a document of the case, not by the emulator. {because}");
        }

        foreach (var runbook in otherwise.Runbooks)
        {
            screen.Field(
                "runbook",
                $"{runbook}: the playbook starts a runbook; the emulator runs none, so such a case cannot hold here.",
                Tone.Warning);
        }

        foreach (var rule in otherwise.Rules)
        {
            screen.Field("as on AWS", $"{string.Join(", ", rule.Operations)}: {rule.Says} ({rule.Source})");
        }

        screen.Field("else", "What AWS does otherwise and nobody noted: docs/architecture.md#what-the-tests-cannot-show.", Tone.Quiet);
    }

    private static void Show(Screen screen, CaseStep step)
    {
        var first = $"{(step.Holds ? "ok" : "WRONG"),-7}{step.Name}";
        foreach (var line in Lines(step).SelectMany(l => Columns.Wrap(l, SaysWidth)))
        {
            screen.Line($"  {first,-NameWidth}{line}", first.Length == 0 ? Tone.Plain : step.Holds ? Tone.Good : Tone.Bad);
            first = "";
        }
    }

    private static IEnumerable<string> Lines(CaseStep step) =>
    [
        .. step.Says.Split('\n'),
        .. step.Plan is { } plan ? PlanText.Differences(plan, withValues: true).Select(d => $"differs: {d}") : [],
        .. step.Calls.Select(c => $"called: {c.Operation} {ValueText.Of(c.Input)}"),
    ];
}
