using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Values;

namespace Remediator.Guard;

/// <summary>
/// Writes on the finding of Security Hub what was done about it, where the policy says so. A note that cannot be written stops nothing:
/// it is counted, stands in the incident's history, and people are told once a day for each account.
/// </summary>
internal sealed partial class FindingNotes(
    IFindings findings,
    IJournal journal,
    Func<FindingNews, CancellationToken, Task<bool>> tell,
    TimeProvider clock,
    ILogger<FindingNotes> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What was made, without values: the note is read by more people than the incident.</summary>
    public static string Fixed(Incident incident) =>
        $"Remediator changed {Sentences.PathList(Differences(incident).Select(d => d.At))} with {incident.Playbook} and read it "
        + $"back as right (incident {incident.Id}). To undo: remediator undo {incident.Id}.";

    private static IEnumerable<Difference> Differences(Incident incident) =>
        incident.Plan?.Steps.SelectMany(s => s.Differences(StateComparer.Exact)) ?? [];

    public static string Undone(Incident incident) =>
        $"Remediator put back what it had changed, and leaves the resource alone for now (incident {incident.Id}).";

    /// <summary>The incident, with a line on what became of the note.</summary>
    public async Task<Incident> WriteAsync(Incident incident, Func<Incident, string> text, CancellationToken ct)
    {
        if (!incident.Terms.NotesFindings)
        {
            return incident;
        }

        // A call that hangs must not use up the time of the incident.
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var found = await findings.FindAsync(incident.Resource, incident.Region, incident.Rule, both.Token);
            var note = text(incident);
            foreach (var finding in found)
            {
                await findings.NoteAsync(incident.Resource, incident.Region, finding, note, both.Token);
            }

            return found is [] ? incident : incident.Noted(EntryKind.Noted, "Security Hub's finding has a note of it", clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return await FailedAsync(incident, "Security Hub did not answer in time", ct);
        }
        catch (Exception e) when (Fault.Of(e) is { } fault)
        {
            return await FailedAsync(incident, fault.Detail, ct);
        }
    }

    private async Task<Incident> FailedAsync(Incident incident, string why, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Log.NotWritten(log, incident.Id, incident.Resource.Account, why);
        var day = new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(1);
        var failures = new Budget($"notes on findings that failed in account {incident.Resource.Account}", int.MaxValue, day);
        if (await journal.CountAsync(failures, 1, ct) == 1 && !await tell(new(incident, why, day), ct))
        {
            // Whoever fails next tells it.
            await journal.CountAsync(failures, -1, ct);
        }

        return incident.Noted(EntryKind.Noted, $"no note on Security Hub's finding: {why}", now);
    }

    private static partial class Log
    {
        [LoggerMessage(5101, LogLevel.Warning, "No note on the finding of incident {Incident} in account {Account}: {Why}")]
        public static partial void NotWritten(ILogger log, string incident, string account, string why);
    }
}

/// <summary>A note on a finding could not be written.</summary>
/// <param name="First">The first incident of the day that it happened to.</param>
/// <param name="Until">Until when nobody is told again.</param>
internal sealed record FindingNews(Incident First, string Why, DateTimeOffset Until);
