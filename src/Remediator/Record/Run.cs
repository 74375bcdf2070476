using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>One worker's hold on an incident: the incident as it was last saved, and the lease it is saved under.</summary>
internal sealed class Run(IJournal journal, Incident incident, Lease lease, TimeProvider clock) : IRun
{
    private DateTimeOffset allowedAt = DateTimeOffset.MinValue;

    public Incident Incident { get; private set; } = incident;

    /// <summary>What it changed, or would.</summary>
    public PlannedChange Change =>
        Incident.Change ?? throw new InvalidOperationException($"Incident {Incident.Id} is {Incident.State} without a plan.");

    public TimeProvider Clock => clock;

    /// <summary>
    /// Before every call that changes something. A stop holds for whatever no person asked for: changes, those that are gone on with,
    /// runbooks, and what the service puts back by itself. A person's undo is not stopped.
    /// </summary>
    /// <exception cref="LeaseLostException">
    /// Too little of the lease is left for another call: what it writes could no longer be journaled.
    /// </exception>
    /// <exception cref="ChangesStoppedException">Somebody stopped all changes since this one began.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now >= lease.Until - Limits.LeaseReserve)
        {
            throw new LeaseLostException(Incident.Id);
        }

        if (Incident is { State: IncidentState.Undoing, Reason: null } || now - allowedAt < Limits.StopKnownFor)
        {
            return;
        }

        if (await journal.WhyStoppedAsync(ct) is { } why)
        {
            throw new ChangesStoppedException(why);
        }

        allowedAt = now;
    }

    public async Task SaveAsync(Incident next, CancellationToken ct) => Incident = await journal.SaveAsync(next, lease, ct);

    public async Task<Begun> BeginAsync(Incident next, IReadOnlyList<Budget> budgets, CancellationToken ct)
    {
        var begun = await journal.BeginAsync(next, lease, budgets, ct);
        if (begun is Begun.Yes yes)
        {
            (Incident, allowedAt) = (yes.Incident, yes.AllowedAt);
        }

        return begun;
    }

    /// <summary>Saves and gives the resource back. The last thing a run does.</summary>
    public async Task<Incident> ReleaseAsync(Incident next, CancellationToken ct) =>
        Incident = await journal.ReleaseAsync(next, lease, ct);
}
