using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Sweep;

/// <summary>What the sweep handed over, one at a time.</summary>
internal sealed class DueIncidents(IJournal journal, OpenIncidents incidents, TimeProvider clock)
{
    /// <summary>
    /// Null where it is not due, whoever says so, or another worker has it. What fails stays due, and the sweep hands it over again.
    /// </summary>
    public async Task<Outcome?> GoOnAsync(string incidentKey, CancellationToken ct) =>
        await journal.FindOpenAsync(incidentKey, ct) is { Due: { } due } incident && due <= clock.GetUtcNow()
            ? await incidents.GoOnAsync(incident, ct)
            : null;

    /// <summary>After a batch: asks Config for all evaluations that are wanted, and tells which places refused.</summary>
    public Task<IReadOnlyList<AwsException>> AskConfigAsync(CancellationToken ct) => incidents.Reevaluations.AskAsync(ct);
}
