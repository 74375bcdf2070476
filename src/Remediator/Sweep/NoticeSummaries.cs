using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Sweep;

/// <summary>Tells in one summary an hour what was too much to tell one by one.</summary>
internal sealed class NoticeSummaries(IJournal journal, Escalator escalator, TimeProvider clock)
{
    /// <summary>A sweep that did not run for a while makes up for so many hours.</summary>
    private const int HoursBack = 3;
    private const int MostLines = 20;
    private const int MostRead = 2000;

    public async Task SummariseAsync(CancellationToken ct)
    {
        for (var back = HoursBack; back >= 1; back--)
        {
            var hour = clock.GetUtcNow().AddHours(-back);
            var untold = Budgets.Untold(hour);
            var over = await journal.CountAsync(untold, 0, ct);
            if (over > 0
                && await journal.CountAsync(Budgets.Summary(hour), 0, ct) == 0
                && await OfAsync(untold.WindowEnds, over, ct) is { } summary
                && await escalator.TellAsync(summary, ct))
            {
                await journal.CountAsync(Budgets.Summary(hour), 1, ct);
            }
        }
    }

    private async Task<ServiceNotice?> OfAsync(DateTimeOffset ended, int over, CancellationToken ct)
    {
        var began = ended.AddHours(-1);
        var told = new List<Incident>();
        await foreach (var incident in journal.OpenAsync(ct))
        {
            if (incident.Telling is { Notice: NoticeState.Summarised, Problem: null } telling
                && telling.ToldAt >= began && telling.ToldAt < ended)
            {
                told.Add(incident);
            }

            if (told.Count == MostRead)
            {
                break;
            }
        }

        // All of them may have been closed by now: then there is nothing left to tell.
        return told is [_, ..]
            ? ServiceNotice.OfStorm(
                $"remediator/storm/{began:yyyyMMddHH}", Headline(over, began, ended), [.. Lines(told)], told.MinBy(i => i.Terms.Severity)!)
            : null;
    }

    private static string Headline(int over, DateTimeOffset began, DateTimeOffset ended) =>
        $"{over} more {(over == 1 ? "notice" : "notices")} between {began:HH:mm} and {ended:HH:mm} UTC";

    private static IEnumerable<string> Lines(List<Incident> told)
    {
        yield return told.Count == MostRead
            ? $"The first {MostRead} that are open still, by rule and reason:"
            : $"{told.Count} of them are open still, by rule and reason:";
        var groups = told.GroupBy(i => (i.Rule.Name, i.Reason)).OrderByDescending(g => g.Count()).ToList();
        foreach (var group in groups.Take(MostLines))
        {
            yield return $"{group.Count(),6}  {PlainText.Line(group.Key.Name, 128)}: {group.Key.Reason?.Name()}, for example "
                + $"{group.First().Id}";
        }

        if (groups.Count > MostLines)
        {
            yield return $"        and {groups.Count - MostLines} kinds more";
        }

        yield return "All of them: remediator incidents";
    }
}
