using System.Globalization;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Learn;

/// <summary>
/// Says which incidents need no notice of their own, because the one notice of their problem speaks for them. The first of a cause are told
/// one by one; so is always what is critical, what was announced, where a change was begun, and news of what was told by itself before.
/// </summary>
internal sealed class ProblemDesk(IJournal journal, Limits limits, TimeProvider clock)
{
    /// <summary>The problem whose notice speaks for it; null where it has one of its own.</summary>
    public async Task<string?> JoinedAsync(Incident next, CancellationToken ct)
    {
        if (IsAlone(next) || (next.Telling.Problem ?? await ExceededAsync(next, ct)) is not { } id)
        {
            return null;
        }

        // Before the incident is left to it: a sweep that looks too early looks again.
        await journal.SetBookmarkAsync(ToldProblem.Joined, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ct);
        return id;
    }

    private static bool IsAlone(Incident next) => next is { Terms.Severity: Severity.Critical } or { Reason: Reason.Announced }
        || next.Change?.BeganAt is not null || next.IsChanged || (next.Telling is { Notice: not NoticeState.None, Problem: null });

    /// <summary>The first problem of which so many were told one by one that this is one too many; null where there is none.</summary>
    private async Task<string?> ExceededAsync(Incident next, CancellationToken ct)
    {
        foreach (var cause in ProblemCause.Of(Digest.Of(next)))
        {
            var told = new Budget($"notices of {cause.Id} for {next.Terms.Owner}", limits.ProblemAfter, EndOf(cause.Within));
            if (await journal.CountAsync(told, 1, ct) > told.Limit)
            {
                return cause.Id;
            }
        }

        return null;
    }

    private DateTimeOffset EndOf(TimeSpan window) => new(((clock.GetUtcNow().UtcTicks / window.Ticks) + 1) * window.Ticks, TimeSpan.Zero);
}
