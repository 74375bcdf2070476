using System.Globalization;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>
/// Finds steps that destroy or interrupt something long after people agreed, and questions that nobody would be asked.
/// </summary>
internal static class PartsCheck
{
    /// <summary>After so long a yes is old: what it was given to may be needed by now.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        var waited = TimeSpan.Zero;
        foreach (var (index, step) in playbook.Playbook.Steps.Index())
        {
            if (step.AskAgain is not null && (index == 0 || step.AskOnce is not null))
            {
                yield return new("PB111", step.At, index == 0
                    ? "nothing is made before the first step: who agrees to the change agrees to it"
                    : "a step has either 'ask-again' or 'ask-once'");
            }

            waited = step.AskAgain is null ? waited : TimeSpan.Zero;
            if (waited >= Long && step.AskOnce is null && Harms(step))
            {
                yield return new(
                    "PB110",
                    step.At,
                    $"the {step.Name} destroys or interrupts something after steps that may take "
                    + $"{waited.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} hours: add 'ask-again', what people look at "
                    + "before they agree once more, or 'ask-once', why they need not");
            }

            waited += step.Wait;
        }
    }

    private static bool Harms(Step step) =>
        step.Deletes is not null || step.Final is not null || step.Write.Any(call => ImpactCheck.Harms(call.Operation));
}
