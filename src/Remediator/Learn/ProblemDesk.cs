using System.Collections.Concurrent;
using System.Globalization;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Learn;

/// <summary>
/// Says which incidents need no notice of their own, because the one notice of their problem speaks for them. The first of a cause are told
/// one by one; so is always what is critical, what was announced, where a change was begun, and news of what was told by itself before.
/// </summary>
/// <remarks>In a storm all workers meet here: a process remembers what is used up, and notes the same at most once a minute.</remarks>
internal sealed class ProblemDesk(IJournal journal, Limits limits, TimeProvider clock)
{
    private const int MostRemembered = 1000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _exceeded = new(StringComparer.Ordinal);
    private long _notedAt;

    /// <summary>The problem whose notice speaks for it; null where it has one of its own.</summary>
    public async Task<string?> JoinedAsync(Incident next, CancellationToken ct)
    {
        if (IsAlone(next) || (next.Telling.Problem ?? await ExceededAsync(next, ct)) is not { } id)
        {
            return null;
        }

        await NoteAsync(ct);
        return id;
    }

    private static bool IsAlone(Incident next) => next is { Terms.Severity: Severity.Critical } or { Reason: Reason.Announced }
        || next.Change?.BeganAt is not null || next.IsChanged || (next.Telling is { Notice: not NoticeState.None, Problem: null });

    /// <summary>
    /// Before the incident is left to it: a sweep that looks too early looks again, for far longer than this waits between two notes.
    /// </summary>
    private async Task NoteAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now.UtcTicks - Interlocked.Read(ref _notedAt) < Limits.ProblemNoted.Ticks)
        {
            return;
        }

        await journal.SetBookmarkAsync(ToldProblem.Joined, now.ToString("O", CultureInfo.InvariantCulture), ct);
        Interlocked.Exchange(ref _notedAt, now.UtcTicks);
    }

    /// <summary>The first problem of which so many were told one by one that this is one too many; null where there is none.</summary>
    private async Task<string?> ExceededAsync(Incident next, CancellationToken ct)
    {
        foreach (var cause in ProblemCause.Of(Digest.Of(next)))
        {
            var told = new Budget($"notices of {cause.Id} for {next.Terms.Owner}", limits.ProblemAfter, EndOf(cause.Within));
            if (await IsExceededAsync(told, ct))
            {
                return cause.Id;
            }
        }

        return null;
    }

    /// <summary>One that is used up stays so until its window ends.</summary>
    private async Task<bool> IsExceededAsync(Budget told, CancellationToken ct)
    {
        if (_exceeded.TryGetValue(told.Name, out var ends) && ends == told.WindowEnds)
        {
            return true;
        }

        if (await journal.CountAsync(told, 1, ct) <= told.Limit)
        {
            return false;
        }

        if (_exceeded.Count >= MostRemembered)
        {
            _exceeded.Clear();
        }

        _exceeded[told.Name] = told.WindowEnds;
        return true;
    }

    private DateTimeOffset EndOf(TimeSpan window) => new(((clock.GetUtcNow().UtcTicks / window.Ticks) + 1) * window.Ticks, TimeSpan.Zero);
}
