using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>What the sweep handed over, one at a time; and what an alarm is watched for.</summary>
internal sealed class DueIncidents(IJournal journal, OpenIncidents incidents, bool undoesOnAlarm, Limits limits, TimeProvider clock)
{
    /// <summary>
    /// Null where it is not due, whoever says so, or another worker has it. What fails stays due, and the sweep hands it over again.
    /// </summary>
    public async Task<Outcome?> GoOnAsync(string incidentKey, CancellationToken ct) =>
        await journal.FindOpenAsync(incidentKey, ct) is { Due: { } due } incident && due <= clock.GetUtcNow()
            ? await incidents.GoOnAsync(incident, ct)
            : null;

    /// <summary>
    /// An alarm rang: the changes that it may take back are looked at now. They are due within minutes anyway: whatever is not found here
    /// the sweep does. Gives how many there were.
    /// </summary>
    public async Task<int> AlarmAsync(string account, string region, string name, CancellationToken ct)
    {
        if (!undoesOnAlarm)
        {
            return 0;
        }

        var (watched, seen) = (new List<Incident>(), 0);
        await foreach (var incident in journal.DueAsync(clock.GetUtcNow() + limits.ConfirmAfter, ct))
        {
            if (incident.Watched is { } watch && watch.Alarms.Contains(name) && incident.Resource.Account == account
                && incident.Region == region)
            {
                watched.Add(incident);
            }

            if (++seen == Limits.IncidentsPerAlarm)
            {
                break;
            }
        }

        foreach (var incident in watched)
        {
            await incidents.GoOnAsync(incident, ct);
        }

        return watched.Count;
    }

    /// <summary>After a batch: asks Config for all evaluations that are wanted, and tells which places refused.</summary>
    public Task<IReadOnlyList<AwsException>> AskConfigAsync(CancellationToken ct) => incidents.Reevaluations.AskAsync(ct);
}
