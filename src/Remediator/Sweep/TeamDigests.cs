using System.Collections.Immutable;
using System.Globalization;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Sweep;

/// <summary>
/// Tells a team, once a day or a week, what was changed in its accounts and how it is put back: of a fix that went well nobody hears
/// otherwise. Days are those of UTC, weeks begin on Monday; a period without a change is not told of.
/// </summary>
internal sealed class TeamDigests(IJournal journal, Policy policy, Escalator escalator, TimeProvider clock)
{
    private const string Bookmark = "digests";
    private const int MostLines = 40;

    /// <summary>A fix may come long after its incident was opened: while it was only observed, say.</summary>
    private static readonly TimeSpan OpenedBefore = TimeSpan.FromDays(30);

    public async Task TellAsync(CancellationToken ct)
    {
        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        ImmutableArray<(string Team, DateTimeOffset From)> due =
        [
            .. policy.Digests.OrderBy(d => d.Key, StringComparer.Ordinal)
                .Where(d => d.Value is DigestPeriod.Daily || today.DayOfWeek is DayOfWeek.Monday)
                .Select(d => (d.Key, today.AddDays(d.Value is DigestPeriod.Daily ? -1 : -7))),
        ];
        if (due.IsEmpty || await journal.BookmarkAsync(Bookmark, ct) == day)
        {
            return;
        }

        var known = await KnownIncidents.ReadAsync(journal, due.Min(d => d.From) - OpenedBefore, older: true, ct);
        var isDone = true;
        foreach (var (team, from) in due)
        {
            isDone &= await TellAsync(team, from, today, known.Digests, ct);
        }

        if (isDone)
        {
            await journal.SetBookmarkAsync(Bookmark, day, ct);
        }
    }

    /// <summary>False where nobody could be told: the next sweep tries again.</summary>
    private async Task<bool> TellAsync(
        string team, DateTimeOffset from, DateTimeOffset until, IReadOnlyList<Digest> known, CancellationToken ct)
    {
        var told = new Budget($"digest of {team}", int.MaxValue, until);
        Digest[] changed =
        [
            .. known.Where(d => d.Team == team && d.Course.Fixes > 0 && d.FixedAt >= from && d.FixedAt < until).OrderBy(d => d.FixedAt),
        ];
        if (changed is [] || await journal.CountAsync(told, 0, ct) > 0)
        {
            return true;
        }

        if (!await escalator.TellAsync(ServiceNotice.OfDigest(team, from, until, changed.Length, [.. Lines(changed)]), ct))
        {
            return false;
        }

        await journal.CountAsync(told, 1, ct);
        return true;
    }

    private static IEnumerable<string> Lines(Digest[] changed) => changed.Length <= MostLines
        ? changed.Select(Line)
        : changed.Take(MostLines).Select(Line).Append($"and {changed.Length - MostLines} more");

    private static string Line(Digest d) => PlainText.Line(
        $"{d.FixedAt:yyyy-MM-dd HH:mm}Z  {d.Account} {d.Resource.Region} {d.Resource.Type} {d.Resource.Id}, rule {d.Rule}: "
        + (d.IsChanged ? $"remediator undo {d.Id}" : "put back since"),
        600);
}
