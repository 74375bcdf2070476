using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing.Fakes;

namespace Remediator.Testing;

/// <summary>A journal with a possible crash at every call. Its content survives, because the journal is durable.</summary>
internal sealed class CrashingJournal(IJournal inner, CrashPoint crash) : IJournal
{
    public Task<Claim> ClaimAsync(Incident opening, CancellationToken ct) =>
        crash.PassAsync("journal claim", () => inner.ClaimAsync(opening, ct));

    public Task<Claim> ResumeAsync(Incident found, CancellationToken ct) =>
        crash.PassAsync("journal resume", () => inner.ResumeAsync(found, ct));

    public Task<Begun> BeginAsync(Incident incident, Lease lease, IReadOnlyList<Budget> budgets, CancellationToken ct) =>
        crash.PassAsync("journal begin", () => inner.BeginAsync(incident, lease, budgets, ct));

    public Task<Incident> SaveAsync(Incident incident, Lease lease, CancellationToken ct) =>
        crash.PassAsync("journal save", () => inner.SaveAsync(incident, lease, ct));

    public Task<Incident> ReleaseAsync(Incident incident, Lease lease, CancellationToken ct) =>
        crash.PassAsync("journal release", () => inner.ReleaseAsync(incident, lease, ct));

    public Task<Incident?> FindAsync(IncidentId id, CancellationToken ct) => crash.PassAsync("journal find", () => inner.FindAsync(id, ct));

    public Task<Incident?> FindOpenAsync(string key, CancellationToken ct) =>
        crash.PassAsync("journal find open", () => inner.FindOpenAsync(key, ct));

    public IAsyncEnumerable<Incident> DueAsync(DateTimeOffset now, CancellationToken ct) => inner.DueAsync(now, ct);

    public IAsyncEnumerable<Incident> OpenAsync(CancellationToken ct) => inner.OpenAsync(ct);

    public IAsyncEnumerable<Incident> ClosedAsync(DateTimeOffset since, CancellationToken ct) => inner.ClosedAsync(since, ct);

    public Task<Digests> EndedAsync(DateTimeOffset since, CancellationToken ct) => inner.EndedAsync(since, ct);

    public Task<Digests> ChangedAsync(string rule, int most, CancellationToken ct) => inner.ChangedAsync(rule, most, ct);

    public Task<Rebuilt> RebuildAsync(Action<int> progress, CancellationToken ct) => inner.RebuildAsync(progress, ct);

    public Task<int> CountAsync(Budget budget, int by, CancellationToken ct) =>
        crash.PassAsync("journal count", () => inner.CountAsync(budget, by, ct));

    public Task<string?> BookmarkAsync(string name, CancellationToken ct) => inner.BookmarkAsync(name, ct);

    public Task SetBookmarkAsync(string name, string value, CancellationToken ct) => inner.SetBookmarkAsync(name, value, ct);

    public Task<OrderBook> OrdersAsync(OrderBook known, CancellationToken ct) =>
        crash.PassAsync("journal orders", () => inner.OrdersAsync(known, ct));

    public Task<OrderBook> EndedOrdersAsync(CancellationToken ct) => inner.EndedOrdersAsync(ct);

    public Task<bool> WriteOrderAsync(StandingOrder order, OrderBook seen, CancellationToken ct) =>
        crash.PassAsync("journal order", () => inner.WriteOrderAsync(order, seen, ct));

    public Task<RolloutBook> RolloutsAsync(CancellationToken ct) =>
        crash.PassAsync("journal rollouts", () => inner.RolloutsAsync(ct));

    public Task<bool> WriteRolloutsAsync(ImmutableArray<RolloutState> rollouts, RolloutBook seen, CancellationToken ct) =>
        crash.PassAsync("journal rollouts written", () => inner.WriteRolloutsAsync(rollouts, seen, ct));

    public Task<Digests> RolledOutAsync(string rollout, CancellationToken ct) => inner.RolledOutAsync(rollout, ct);

    public Task SetStopAsync(string? reason, CancellationToken ct) => inner.SetStopAsync(reason, ct);

    public Task<string?> WhyStoppedAsync(CancellationToken ct) => crash.PassAsync("journal stop", () => inner.WhyStoppedAsync(ct));
}
