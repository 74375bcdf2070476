using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>One worker's hold on an incident: the incident as it was last saved, and the lease it is saved under.</summary>
internal sealed class Run(IJournal journal, Incident incident, Lease lease, TimeProvider clock)
{
    /// <summary>An incident may stay open for months; its first line and its last ones are what people look for.</summary>
    private const int MostEntries = 100;

    /// <summary>How old the knowledge may be that changes are allowed.</summary>
    private static readonly TimeSpan MostStale = TimeSpan.FromSeconds(5);

    private DateTimeOffset allowedAt = DateTimeOffset.MinValue;

    public Incident Incident { get; private set; } = incident;

    public TimeProvider Clock => clock;

    /// <summary>
    /// Before every call that changes something. A person's undo, and the way back from a change that failed, are not stopped: they take
    /// away what the service did.
    /// </summary>
    /// <exception cref="LeaseLostException">Too little of the lease is left for another call: what it writes could no longer be journaled.</exception>
    /// <exception cref="ChangesStoppedException">Somebody stopped all changes since this one began.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now >= lease.Until - TimeSpan.FromSeconds(10))
        {
            throw new LeaseLostException(Incident.Id);
        }

        if (Incident.State is not IncidentState.Applying || now - allowedAt < MostStale)
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
        if (begun is Begun.Yes(var saved))
        {
            (Incident, allowedAt) = (saved, clock.GetUtcNow());
        }

        return begun;
    }

    /// <summary>Saves and gives the resource back. The last thing a run does.</summary>
    public async Task<Incident> ReleaseAsync(Incident next, CancellationToken ct) =>
        Incident = await journal.ReleaseAsync(next, lease, ct);

    /// <summary>The incident with a line more in its history. Of lines that repeat themselves the first and the last are kept.</summary>
    public Incident Noted(string what)
    {
        var entries = Incident.Entries;
        if (entries is [.., var one, var two] && one.What == what && two.What == what)
        {
            entries = entries.RemoveAt(entries.Length - 1);
        }

        entries = entries.Length >= MostEntries ? entries.RemoveAt(1) : entries;
        return Incident with { Entries = entries.Add(new(clock.GetUtcNow(), what)) };
    }
}
