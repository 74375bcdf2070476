using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds settings that could not be put back.</summary>
internal static class UndoCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) => playbook.Playbook.Steps.SelectMany(s => Of(s).Concat(OfRollback(s)));

    private static IEnumerable<Problem> Of(Step step)
    {
        if (!step.Undo.IsEmpty || step.Write.IsEmpty || step.Write.Any(c => c.IsChangeSet))
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

    /// <summary>A rollback goes to whatever was recorded, which is not always what was there before a wanted value.</summary>
    private static IEnumerable<Problem> OfRollback(Step step)
    {
        if (step.Recorded is null || step.Undo.IsEmpty)
        {
            return [];
        }

        var isByPart = step.Remove is not null || step.IsOnlyRecorded;
        string[] roots = isByPart ? ["items", "target"] : ["target", "before", "diff"];
        ImmutableArray<ImmutableArray<Call>> ways = isByPart ? [step.Write, step.Undo] : [step.Undo];
        return ways.Where(calls => !roots.Any(root => Reads(calls, root)))
            .Select(calls => new Problem("PB029", calls[0].At, isByPart
                ? "a rollback changes any part of the list, and this call always the same one: use 'items'"
                : "a rollback goes to whatever was recorded, and this call always to the same value: use 'target', in 'when' too "
                    + "where it takes different calls"));
    }

    private static bool Reads(ImmutableArray<Call> calls, string root) => calls.Any(call =>
        call.Input.Expressions().Any(e => e.Expression.Roots.Contains(root))
        || (call.ForEach?.Outline.Roots.Contains(root) ?? false)
        || (call.When?.Outline.Roots.Contains(root) ?? false));
}
