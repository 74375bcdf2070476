using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Guard;

/// <summary>The breaker of each playbook: open for the rest of an hour in which it failed too often; people are told once.</summary>
/// <remarks>
/// It half-opens by itself: the next hour starts one failure short of the limit and lets one change through, whatever number of workers
/// ask. Where that one fails the breaker is open again, in silence; an hour without a failure closes it.
/// </remarks>
internal sealed class Breaker(IJournal journal, Escalator escalator, Limits limits, TimeProvider clock)
{
    public async Task CountFailureAsync(Incident incident, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var failures = limits.Failures(incident, now);
        if (await journal.CountAsync(failures, 1, ct) != failures.Limit)
        {
            return;
        }

        var next = failures.WindowEnds;
        await journal.CountAsync(limits.Failures(incident, next) with { Trials = 1 }, failures.Limit - 1, ct);

        // People who could not be told this time are told the next time.
        if (await journal.CountAsync(Limits.OpenBreaker(incident, now), 0, ct) > 0 || await escalator.TellAsync(Opened(incident, failures), ct))
        {
            await journal.CountAsync(Limits.OpenBreaker(incident, next), 1, ct);
        }
    }

    private static ServiceNotice Opened(Incident incident, Budget failures) => new(
        ServiceNotice.BreakerOpen,
        $"remediator/breaker/{incident.Playbook}",
        $"Playbook {incident.Playbook} failed {failures.Limit} times in an hour and is out of use",
        [
            $"Nothing is changed with it until {failures.WindowEnds:u}; then it is tried again, and one more failure stops it again.",
            "Its incidents wait; events are still taken in.",
            $"The last one that failed: remediator show {incident.Id}",
        ],
        incident);
}
