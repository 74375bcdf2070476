using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Learn;

/// <summary>What became of the changes under a rising rollout: from the short items of its incidents, ended or not.</summary>
/// <param name="Counts">All since it began.</param>
/// <param name="Unbelieved">Items that somebody else wrote or changed: what became of the changes is not known then.</param>
/// <param name="UndoneWhy">Why people had changes put back, in the words of the last of them; empty where none gave any.</param>
internal sealed record RolloutEvidence(RolloutCounts Counts, int Unbelieved, string UndoneWhy)
{
    private const int LongestReason = 120;

    public static async Task<RolloutEvidence> ReadAsync(IJournal journal, string rollout, CancellationToken ct) =>
        Of(await journal.RolledOutAsync(rollout, ct));

    public static RolloutEvidence Of(Digests digests)
    {
        var (items, failed) = (digests.Items, digests.Items.Count(HasFailed));
        var why = items.Where(d => d.Course is { Undone: > 0, UndoneWhy: not null }).MaxBy(d => d.ChangedAt)?.Course.UndoneWhy;
        return new(
            new(
                items.Count(d => d.Course is { Fixes: > 0 } or { Undone: > 0 } || HasFailed(d)),
                failed,
                items.Count(d => d.Course.Undone > 0),
                items.Sum(d => d.Course.Reverts + (d.Course.IsRevert ? 1 : 0))),
            digests.Unbelieved,
            PlainText.Line(why ?? "", LongestReason));
    }

    /// <summary>Why a rollout is held by what became of it since a person let it go on; null where nothing speaks against it.</summary>
    /// <param name="met">What holds it, by the counts.</param>
    /// <param name="seen">What a person knew when he let it go on.</param>
    public string? Why(Func<RolloutCounts, string?> met, RolloutCounts seen)
    {
        if (Unbelieved > 0)
        {
            return $"{Unbelieved} of the entries about its incidents were written or changed by somebody else, or cannot be read";
        }

        var found = Counts.Since(seen);
        return met(found) is { } why ? $"{why}{(found.Undos > 0 && UndoneWhy.Length > 0 ? $" ({UndoneWhy})" : "")}" : null;
    }

    private static bool HasFailed(Digest d) => d.Course.Escalated is { } reason && Breaker.Counts(reason);
}
