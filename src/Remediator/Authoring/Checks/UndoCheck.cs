using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds settings that could not be put back.</summary>
internal static class UndoCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => playbook.Playbook.Steps.SelectMany(Of);

    private static IEnumerable<Problem> Of(Step step)
    {
        // What deletes for good is 'irreversible', says ImpactCheck.
        if (!step.Undo.IsEmpty || step.Write.IsEmpty || step.Write.Any(c => c.IsChangeSet) || step is { Deletes: not null }
            or { Final: not null })
        {
            yield break;
        }

        var restores = Reads(step.Write, "target") || (step.Remove is null && Reads(step.Write, "diff"));
        var at = step.Write[0].At;
        if (!restores)
        {
            yield return new("PB030", at, step.Remove is null
                ? "the write does not use 'target', so the same write cannot put the earlier value back: add 'undo'"
                : "the write does not use 'target', so it cannot put back what was removed: add 'undo', over 'items'");
        }
        else if (step.Clear.IsEmpty && step.Read.Any(q => !q.AbsentOn.IsEmpty && q.Name.Length == 0))
        {
            yield return new(
                "PB031", at, "'absent-on' says that there may be nothing before, and no call takes the setting away again: add 'clear'");
        }
    }

    private static bool Reads(ImmutableArray<Call> calls, string root) => calls.Any(call =>
        call.Input.Expressions().Any(e => e.Expression.Roots.Contains(root))
        || (call.ForEach?.Outline.Roots.Contains(root) ?? false));
}
