using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Remediator.Playbooks;

namespace Remediator.Authoring.Checks;

/// <summary>Finds settings that could not be put back.</summary>
internal static partial class UndoCheck
{
    public static IEnumerable<Problem> Of(CheckedPlaybook playbook) =>
        playbook.Playbook.Steps.SelectMany(s => Of(s).Concat(OfRollback(s))).Concat(Unsaid(playbook));

    /// <summary>What is deleted and made anew is not quite what it was, and lost data stays lost: whoever approves it reads so.</summary>
    private static IEnumerable<Problem> Unsaid(CheckedPlaybook checking)
    {
        var playbook = checking.Playbook;
        if (playbook.NotUndone.Length > 0)
        {
            yield break;
        }

        if (playbook.Impact is Impact.Data)
        {
            yield return new(
                "PB036", playbook.Steps[0].Write[0].At, "data may be lost: say under 'not-undone' what an undo does not bring back");
        }

        foreach (var step in playbook.Steps.Where(s => Any(s.Write, Taking()) && Any([.. s.Undo, .. s.Clear], Making())))
        {
            yield return new(
                "PB036",
                step.Write[0].At,
                "the undo makes anew what the write deletes: say under 'not-undone' what is other then, such as its id");
        }
    }

    private static bool Any(ImmutableArray<Call> calls, Regex pattern) => calls.Any(c => pattern.IsMatch(c.Operation));

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

    // Entries that are known by what they say (a number, a port, a name) come back as they were.
    [GeneratedRegex(":(Revoke|Release|Terminate|Deregister|Delete(?!.*(Route|NetworkAclEntry|Listeners|Policy|Tags|Permission)$))")]
    private static partial Regex Taking();

    [GeneratedRegex(":(Create|Authorize|Allocate|Register|Run|Import)")]
    private static partial Regex Making();
}
