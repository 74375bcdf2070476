using System.Collections.Immutable;
using System.Globalization;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Sweep;

/// <summary>
/// Tells of problems: one notice for all the incidents of one cause and owner that have none of their own, again under the same key where
/// they become more and where nobody takes them on, and resolved when the last of them is over. It goes through what is open only while
/// there is such a problem.
/// </summary>
internal sealed class ProblemRounds(IJournal journal, Escalator escalator, Limits limits, TimeProvider clock)
{
    private const int MostLines = 20;

    /// <summary>The bookmark of when all that was left to a problem by then was told.</summary>
    private const string Looked = "problems looked";

    public async Task TellAsync(CancellationToken ct)
    {
        var (now, told) = (clock.GetUtcNow(), ToldProblem.Read(await journal.BookmarkAsync(ToldProblem.Bookmark, ct)));
        var (joined, looked) = (await TimeAsync(ToldProblem.Joined, ct), await TimeAsync(Looked, ct));

        // Whoever left an incident to its problem notes that before he saves the incident.
        var hasNews = joined is not null && !(looked - joined > Limits.ProblemMargin);
        if (hasNews ? !told.IsEmpty && now - looked < Limits.ProblemMargin : told.IsEmpty || !await IsNextAsync(now, ct))
        {
            return;
        }

        var groups = await OpenAsync(ct);
        var isDone = true;
        foreach (var group in groups)
        {
            var before = told.FirstOrDefault(t => (t.Id, t.Owner) == group.Key);
            (told, var isTold) = await ToldAsync(told, before, group.Value, now, ct);
            isDone &= isTold;
        }

        foreach (var over in told.Where(t => !groups.ContainsKey((t.Id, t.Owner))))
        {
            if (await escalator.TellAsync(ServiceNotice.OfProblemOver(over), ct))
            {
                told = told.Remove(over);
                await journal.SetBookmarkAsync(ToldProblem.Bookmark, ToldProblem.Write(told), ct);
            }
        }

        if (hasNews && isDone)
        {
            await journal.SetBookmarkAsync(Looked, now.ToString("O", CultureInfo.InvariantCulture), ct);
        }
    }

    private async Task<DateTimeOffset?> TimeAsync(string bookmark, CancellationToken ct) =>
        await journal.BookmarkAsync(bookmark, ct) is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null;

    /// <summary>While none joins, whether one has ended is looked at twice an hour.</summary>
    private async Task<bool> IsNextAsync(DateTimeOffset now, CancellationToken ct)
    {
        var half = Limits.ProblemLooksBack.Ticks;
        var ends = new DateTimeOffset(((now.UtcTicks / half) + 1) * half, TimeSpan.Zero);
        return await journal.CountAsync(new("looks at problems", int.MaxValue, ends), 1, ct) == 1;
    }

    /// <summary>
    /// Told at once; again where they have become more, at most once an hour, and where the policy reminds of what nobody took on; once to
    /// the team of the second step. False where nobody could be told.
    /// </summary>
    private async Task<(ImmutableArray<ToldProblem> Told, bool IsTold)> ToldAsync(
        ImmutableArray<ToldProblem> told, ToldProblem? before, List<Incident> incidents, DateTimeOffset now, CancellationToken ct)
    {
        var (problem, owner) = (incidents[0].Telling.Problem!, incidents[0].Terms.Owner);
        var worst = incidents.MinBy(i => i.Terms.Severity)!;
        var next = new ToldProblem(problem, owner, incidents.Count, before?.Since ?? incidents.Min(i => i.Telling.ToldAt) ?? now, now)
        {
            Says = Cause(problem, incidents),
            Severity = worst.Terms.Severity,
            Environment = worst.Terms.Environment,
            Further = before?.Further,
            Reminders = before is null ? 0 : limits.RemindAfter.Count(after => before.Since + after <= now),
        };
        var step = before is null || before.Further is not null ? null : StepDue(incidents, before.Since, now);
        if (before is not null
            && step is null
            && next.Reminders <= before.Reminders
            && (next.Count <= before.Count || now - before.At < Limits.ProblemAgain))
        {
            return (told, true);
        }

        var isAsked = incidents.Any(i => i.State is IncidentState.AwaitingApproval);
        if (!await escalator.TellAsync(ServiceNotice.OfProblem(next, worst, isAsked, [.. Lines(incidents)], step), ct))
        {
            return (told, false);
        }

        next = step is null ? next : next with { Further = step.Owner };
        var all = before is null ? told.Add(next) : told.Replace(before, next);
        await journal.SetBookmarkAsync(ToldProblem.Bookmark, ToldProblem.Write(all), ct);
        return (all, true);
    }

    /// <summary>The second step of the incidents that comes first, once its time is over.</summary>
    private static SecondStep? StepDue(List<Incident> incidents, DateTimeOffset since, DateTimeOffset now) =>
        incidents.Select(i => i.Terms.EscalateTo).OfType<SecondStep>().MinBy(s => s.After) is { } step && since + step.After <= now
            ? step
            : null;

    private async Task<Dictionary<(string, string), List<Incident>>> OpenAsync(CancellationToken ct)
    {
        var groups = new Dictionary<(string, string), List<Incident>>();
        try
        {
            await foreach (var incident in journal.OpenAsync(ct))
            {
                if (incident is { Telling: { Problem: { } id, Notice: NoticeState.Summarised, AcknowledgedBy: null } }
                    and { State: IncidentState.Escalated or IncidentState.AwaitingApproval })
                {
                    (groups.TryGetValue((id, incident.Terms.Owner), out var group) ? group
                        : groups[(id, incident.Terms.Owner)] = []).Add(incident);
                }
            }
        }
        catch (UnreadableIncidentException)
        {
            // The sweep itself names them; the others are told all the same.
        }

        return groups;
    }

    private static string Cause(string problem, List<Incident> incidents) =>
        incidents.SelectMany(i => ProblemCause.Of(Digest.Of(i))).FirstOrDefault(c => c.Id == problem)?.Words ?? "they have one cause";

    private static IEnumerable<string> Lines(List<Incident> incidents)
    {
        var groups = incidents.GroupBy(i => (i.Rule.Name, i.Reason)).OrderByDescending(g => g.Count()).ToList();
        foreach (var group in groups.Take(MostLines))
        {
            yield return $"{group.Count(),6}  {PlainText.Line(group.Key.Name, 128)}: {group.Key.Reason?.Name()}, for example "
                + $"{group.First().Id}";
        }

        if (groups.Count > MostLines)
        {
            yield return $"        and {groups.Count - MostLines} kinds more";
        }
    }
}
