using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>A containment lasts until a person takes it back: it needs a way back, and is never what the rule asks for.</summary>
internal static class ContainmentCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook)
    {
        if (playbook.Playbook.Containment is null)
        {
            yield break;
        }

        foreach (var step in playbook.Playbook.Steps)
        {
            if (step.Final is not null || step.Deletes is not null || playbook.Playbook.Impact is Impact.Data or Impact.Irreversible)
            {
                yield return new("PB112", step.At, "a containment is taken back when a person has done the rest: it needs an exact undo");
            }

            if (step.Unless is { } unless)
            {
                yield return new(
                    "PB113",
                    unless.At,
                    "a containment does not satisfy the rule: ask in a 'guard' whether the rule is satisfied by now");
            }
        }
    }
}
