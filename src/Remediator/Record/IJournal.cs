using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>The durable record of incidents. Every write is conditional: whoever lost the lease can write no more.</summary>
internal interface IJournal
{
    /// <summary>
    /// Takes the lease on the incident's resource and opens the incident, or finds the one that is open already.
    /// All of it happens or none.
    /// </summary>
    Task<Claim> ClaimAsync(Incident opening, CancellationToken ct);

    /// <summary>Takes the lease for an incident that is there, to go on with it.</summary>
    Task<Claim> ResumeAsync(Incident found, CancellationToken ct);

    /// <summary>
    /// Saves before the first change, counting it against the budgets: refused where one is used up, or where all changes are stopped.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has the resource.</exception>
    Task<Begun> BeginAsync(Incident incident, Lease lease, IReadOnlyList<Budget> budgets, CancellationToken ct);

    /// <exception cref="LeaseLostException">Another worker has the resource.</exception>
    Task<Incident> SaveAsync(Incident incident, Lease lease, CancellationToken ct);

    /// <summary>Saves and gives the lease back.</summary>
    /// <exception cref="LeaseLostException">Another worker has the resource.</exception>
    Task<Incident> ReleaseAsync(Incident incident, Lease lease, CancellationToken ct);

    Task<Incident?> FindAsync(IncidentId id, CancellationToken ct);

    /// <summary>The open incident of a key; null where there is none.</summary>
    Task<Incident?> FindOpenAsync(string key, CancellationToken ct);

    /// <summary>Open incidents whose time has come: the urgent ones, then the others, the longest due first.</summary>
    /// <exception cref="UnreadableIncidentException">After all others: these cannot be read.</exception>
    IAsyncEnumerable<Incident> DueAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>All open incidents: the urgent ones, then the others, the soonest due first.</summary>
    IAsyncEnumerable<Incident> OpenAsync(CancellationToken ct);

    /// <summary>
    /// Incidents that were closed since then, in no order. It goes through the whole table: for a person who asks, never on an event's
    /// path. One that was taken up again since may be among them, as it was when it was closed.
    /// </summary>
    /// <exception cref="UnreadableIncidentException">After all others: these cannot be read.</exception>
    IAsyncEnumerable<Incident> ClosedAsync(DateTimeOffset since, CancellationToken ct);

    /// <summary>In short, those that were opened since then and have ended: from the aggregate, never from the whole table.</summary>
    Task<Digests> EndedAsync(DateTimeOffset since, CancellationToken ct);

    /// <summary>In short, the newest incidents of a rule that have, or had, a change of ours, the newest first.</summary>
    Task<Digests> ChangedAsync(string rule, int most, CancellationToken ct);

    /// <summary>Makes the aggregate anew from all ended incidents. It goes through the whole table.</summary>
    Task<Rebuilt> RebuildAsync(Action<int> progress, CancellationToken ct);

    /// <summary>Adds to a count, whatever its limit, and tells where it is now; adding nothing reads it.</summary>
    Task<int> CountAsync(Budget budget, int by, CancellationToken ct);

    /// <summary>Where a bounded piece of work stopped; null where it is to begin.</summary>
    Task<string?> BookmarkAsync(string name, CancellationToken ct);

    Task SetBookmarkAsync(string name, string value, CancellationToken ct);

    /// <summary>The orders that people gave, and nobody ended; the same book where nothing was said since.</summary>
    Task<OrderBook> OrdersAsync(OrderBook known, CancellationToken ct);

    /// <summary>The orders that are over, the newest end first.</summary>
    Task<OrderBook> EndedOrdersAsync(CancellationToken ct);

    /// <summary>Writes an order, or where it has an end, ends it. False where somebody wrote another since the book was read.</summary>
    Task<bool> WriteOrderAsync(StandingOrder order, OrderBook seen, CancellationToken ct);

    /// <summary>How far the rising rollouts of the policy are.</summary>
    Task<RolloutBook> RolloutsAsync(CancellationToken ct);

    /// <summary>Writes how far they are. False where somebody wrote since the book was read.</summary>
    Task<bool> WriteRolloutsAsync(ImmutableArray<RolloutState> rollouts, RolloutBook seen, CancellationToken ct);

    /// <summary>In short, the incidents of a rollout that were changed, or for which a person was called.</summary>
    Task<Digests> RolledOutAsync(string rollout, CancellationToken ct);

    /// <summary>Stops all changes within seconds, or lets them go on.</summary>
    Task SetStopAsync(string? reason, CancellationToken ct);

    /// <summary>Why all changes are stopped; null while they are not.</summary>
    Task<string?> WhyStoppedAsync(CancellationToken ct);
}

/// <summary>The right to change a resource, until a time. The token fences off whoever held it before.</summary>
internal sealed record Lease(string Token, DateTimeOffset Until);

/// <summary>What came of the attempt to take a resource.</summary>
internal abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>The resource is ours. <paramref name="IsNew"/>: this event opened the incident.</summary>
    internal sealed record Mine(Incident Incident, Lease Lease, bool IsNew) : Claim;

    /// <summary>Another worker has it.</summary>
    internal sealed record Taken(DateTimeOffset Until) : Claim;

    /// <summary>This event, or a newer one, was already answered.</summary>
    internal record Answered(string IncidentId) : Claim
    {
        public virtual string Why => $"answered already by incident {IncidentId}";
    }

    /// <summary>The incident of this event is a later version's to act on.</summary>
    internal sealed record NotUnderstood(Incident Incident) : Answered(Incident.Id)
    {
        public override string Why => Incident.NotUnderstood ?? base.Why;
    }
}

/// <summary>What came of the attempt to begin a change.</summary>
internal abstract record Begun
{
    private Begun()
    {
    }

    internal sealed record Yes(Incident Incident) : Begun
    {
        /// <summary>When it was last asked whether all changes are stopped.</summary>
        public required DateTimeOffset AllowedAt { get; init; }
    }

    internal sealed record OverBudget(Budget Budget) : Begun;

    /// <summary>Somebody stopped all changes.</summary>
    internal sealed record Stopped(string Why) : Begun;
}

/// <summary>
/// The journal holds an incident that this version cannot read: one that a later version wrote, say, before it was rolled back.
/// </summary>
internal sealed class UnreadableIncidentException(IReadOnlyList<string> incidents, Exception cause)
    : Exception($"What the journal holds of {string.Join(", ", incidents)} cannot be read: {cause.Message}", cause)
{
    /// <summary>Their ids, or where an item has none, its key in the table.</summary>
    public IReadOnlyList<string> Incidents => incidents;
}
