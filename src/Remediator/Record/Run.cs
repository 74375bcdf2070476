namespace Remediator.Record;

/// <summary>One worker's hold on an incident: the incident as it was last saved, and the lease it is saved under.</summary>
internal sealed class Run(IJournal journal, Incident incident, Lease lease, TimeProvider clock)
{
    /// <summary>An incident may stay open for months; its first line and its last ones are what people look for.</summary>
    private const int MostEntries = 100;

    public Incident Incident { get; private set; } = incident;

    public TimeProvider Clock => clock;

    /// <summary>False once too little of the lease is left for another call: what would be written could no longer be journaled.</summary>
    public bool MayChange => clock.GetUtcNow() < lease.Until - TimeSpan.FromSeconds(10);

    public async Task SaveAsync(Incident next, CancellationToken ct) => Incident = await journal.SaveAsync(next, lease, ct);

    public async Task<Begun> BeginAsync(Incident next, IReadOnlyList<Budget> budgets, CancellationToken ct)
    {
        var begun = await journal.BeginAsync(next, lease, budgets, ct);
        if (begun is Begun.Yes(var saved))
        {
            Incident = saved;
        }

        return begun;
    }

    /// <summary>Saves and gives the resource back. The last thing a run does.</summary>
    public async Task<Incident> ReleaseAsync(Incident next, CancellationToken ct) =>
        Incident = await journal.ReleaseAsync(next, lease, ct);

    /// <summary>The incident with a line more in its history.</summary>
    public Incident Noted(string what)
    {
        var entries = Incident.Entries.Length >= MostEntries ? Incident.Entries.RemoveAt(1) : Incident.Entries;
        return Incident with { Entries = entries.Add(new(clock.GetUtcNow(), what)) };
    }
}
