using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>The journal in memory, by the same contract: for dry runs and tests. It is gone with the process.</summary>
internal sealed class MemoryJournal(TimeProvider clock, TimeSpan leaseTime) : IJournal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Incident> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Incident> _closed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Digest> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Digest> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceKey, Lease> _leases = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _trials = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _bookmarks = new(StringComparer.Ordinal);
    private readonly List<StandingOrder> _endedOrders = [];
    private readonly Dictionary<string, Digest> _rolledOut = new(StringComparer.Ordinal);
    private RolloutBook _rollouts = RolloutBook.Empty;
    private OrderBook _orders = OrderBook.Empty;
    private string? _stop;

    public Task<Claim> ClaimAsync(Incident opening, CancellationToken ct)
    {
        lock (_gate)
        {
            var last = _current.GetValueOrDefault(opening.Key);
            switch (ClaimRules.EventEffect(last, opening))
            {
                case EventEffect.Answered:
                    return Claimed(new Claim.Answered(last!.Id));
                case EventEffect.NotUnderstood:
                    return Claimed(new Claim.NotUnderstood(last!));
                case EventEffect.GoesOn:
                    return Claimed(Take(ClaimRules.TakenIn(last!, opening), isNew: false));
                default:
                    var incident = last is null ? opening : ClaimRules.Again(opening, last);
                    while (_ids.TryGetValue(incident.Id, out var key) && key != incident.Key)
                    {
                        incident = IncidentId.Another(incident);
                    }

                    var claim = Take(incident, isNew: true);
                    if (claim is Claim.Mine)
                    {
                        _current[opening.Key] = incident;
                        _ids[incident.Id] = incident.Key;
                    }

                    return Claimed(claim);
            }
        }
    }

    public Task<Claim> ResumeAsync(Incident found, CancellationToken ct)
    {
        lock (_gate)
        {
            return Claimed(_current.TryGetValue(found.Key, out var current) && (current.Id, current.Version) == (found.Id, found.Version)
                ? Take(current, isNew: false)
                : new Claim.Answered(found.Id));
        }
    }

    public Task<Begun> BeginAsync(Incident incident, Lease lease, IReadOnlyList<Budget> budgets, CancellationToken ct)
    {
        lock (_gate)
        {
            Check(incident, lease);
            _ = JournalJson.Pack(incident, JournalJson.MostBytesAtBegin);
            if (_stop is { } why)
            {
                return Task.FromResult<Begun>(new Begun.Stopped(why));
            }

            if (budgets.FirstOrDefault(IsUsedUp) is { } used)
            {
                return Task.FromResult<Begun>(new Begun.OverBudget(used));
            }

            foreach (var budget in budgets)
            {
                Use(budget);
            }

            return Task.FromResult<Begun>(new Begun.Yes(Put(incident)) { AllowedAt = clock.GetUtcNow() });
        }
    }

    public Task<Incident> SaveAsync(Incident incident, Lease lease, CancellationToken ct)
    {
        lock (_gate)
        {
            Check(incident, lease);
            return Task.FromResult(Put(incident));
        }
    }

    public Task<Incident> ReleaseAsync(Incident incident, Lease lease, CancellationToken ct)
    {
        lock (_gate)
        {
            Check(incident, lease);
            var next = Put(incident);
            _leases.Remove(incident.Resource);
            if (next.State is IncidentState.Closed)
            {
                _closed[next.Id] = next;
            }

            Keep(Digest.Of(next));
            return Task.FromResult(next);
        }
    }

    public Task<Incident?> FindAsync(IncidentId id, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(_current.Values.FirstOrDefault(i => i.Id == id.Value) ?? _closed.GetValueOrDefault(id.Value));
        }
    }

    public Task<Incident?> FindOpenAsync(string key, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(_current.TryGetValue(key, out var i) && i.State is not IncidentState.Closed ? i : null);
        }
    }

    public IAsyncEnumerable<Incident> DueAsync(DateTimeOffset now, CancellationToken ct) => Open(now, ct);

    public IAsyncEnumerable<Incident> OpenAsync(CancellationToken ct) => Open(DateTimeOffset.MaxValue, ct);

    public IAsyncEnumerable<Incident> ClosedAsync(DateTimeOffset since, CancellationToken ct)
    {
        lock (_gate)
        {
            return _closed.Values.Where(i => i.ChangedAt >= since).ToArray().ToAsyncEnumerable();
        }
    }

    public Task<Digests> EndedAsync(DateTimeOffset since, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(
                new Digests([.. _ended.Values.Where(d => d.OpenedAt >= since).OrderBy(d => d.Id, StringComparer.Ordinal)], 0));
        }
    }

    public Task<Digests> ChangedAsync(string rule, int most, CancellationToken ct)
    {
        lock (_gate)
        {
            var ofRule = _changed.Values.Where(d => d.Rule == rule).OrderByDescending(d => d.Id, StringComparer.Ordinal);
            return Task.FromResult(new Digests([.. ofRule.Take(most)], 0));
        }
    }

    public Task<Rebuilt> RebuildAsync(Action<int> progress, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(new Rebuilt(_closed.Count, _closed.Values.Count(i => Keep(Digest.Of(i))), []));
        }
    }

    public Task<int> CountAsync(Budget budget, int by, CancellationToken ct)
    {
        lock (_gate)
        {
            if (budget.Trials is { } trials)
            {
                _trials[Name(budget)] = trials;
            }

            return Task.FromResult(_counts[Name(budget)] = _counts.GetValueOrDefault(Name(budget)) + by);
        }
    }

    public Task<string?> BookmarkAsync(string name, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(_bookmarks.GetValueOrDefault(name));
        }
    }

    public Task SetBookmarkAsync(string name, string value, CancellationToken ct)
    {
        lock (_gate)
        {
            _bookmarks[name] = value;
            return Task.CompletedTask;
        }
    }

    public Task<OrderBook> OrdersAsync(OrderBook known, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(_orders);
        }
    }

    public Task<OrderBook> EndedOrdersAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(new OrderBook(_orders.Version, [.. _endedOrders.OrderByDescending(o => o.EndedAt)]));
        }
    }

    public Task<bool> WriteOrderAsync(StandingOrder order, OrderBook seen, CancellationToken ct)
    {
        lock (_gate)
        {
            if (seen.Version != _orders.Version)
            {
                return Task.FromResult(false);
            }

            var others = _orders.Items.Where(o => o.Id != order.Id);
            _orders = new(_orders.Version + 1, order.EndedAt is null ? [.. others, order] : [.. others]);
            _endedOrders.AddRange(order.EndedAt is null ? [] : [order]);
            return Task.FromResult(true);
        }
    }

    public Task<RolloutBook> RolloutsAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(_rollouts);
        }
    }

    public Task<bool> WriteRolloutsAsync(ImmutableArray<RolloutState> rollouts, RolloutBook seen, CancellationToken ct)
    {
        lock (_gate)
        {
            var isSame = seen.Version == _rollouts.Version;
            _rollouts = isSame ? new(seen.Version + 1, rollouts) : _rollouts;
            return Task.FromResult(isSame);
        }
    }

    public Task<Digests> RolledOutAsync(string rollout, CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(new Digests([.. _rolledOut.Values.Where(d => d.Rollout == rollout)], 0));
        }
    }

    public Task SetStopAsync(string? reason, CancellationToken ct)
    {
        lock (_gate)
        {
            _stop = reason;
            return Task.CompletedTask;
        }
    }

    public Task<string?> WhyStoppedAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            return Task.FromResult(_stop);
        }
    }

    private static string Name(Budget budget) => $"{budget.Name}#{budget.WindowEnds:O}";

    private static Task<Claim> Claimed(Claim claim) => Task.FromResult(claim);

    private bool IsUsedUp(Budget budget) =>
        _counts.GetValueOrDefault(Name(budget)) >= budget.Limit || (budget.IsBreaker && _trials.GetValueOrDefault(Name(budget), 1) == 0);

    private void Use(Budget budget)
    {
        if (!budget.IsBreaker)
        {
            _counts[Name(budget)] = _counts.GetValueOrDefault(Name(budget)) + 1;
        }
        else if (_trials.TryGetValue(Name(budget), out var left))
        {
            _trials[Name(budget)] = left - 1;
        }
    }

    private bool Keep(Digest digest)
    {
        if (digest.Course is { Fixes: > 0 } or { Undone: > 0 })
        {
            _changed[digest.Id] = digest;
        }

        if (digest.IsRolledOut)
        {
            _rolledOut[digest.Id] = digest;
        }

        var isNew = !digest.IsOpen && _ended.GetValueOrDefault(digest.Id) != digest;
        if (isNew)
        {
            _ended[digest.Id] = digest;
        }

        return isNew;
    }

    private Claim Take(Incident incident, bool isNew)
    {
        var now = clock.GetUtcNow();
        if (_leases.TryGetValue(incident.Resource, out var held) && held.Until >= now)
        {
            return new Claim.Taken(held.Until);
        }

        var lease = new Lease(Guid.CreateVersion7(now).ToString("N"), now + leaseTime);
        _leases[incident.Resource] = lease;
        return new Claim.Mine(incident, lease, isNew);
    }

    private void Check(Incident incident, Lease lease)
    {
        var holds = _leases.TryGetValue(incident.Resource, out var held) && held.Token == lease.Token;
        var current = _current.TryGetValue(incident.Key, out var i) && (i.Id, i.Version) == (incident.Id, incident.Version);
        if (!holds || !current)
        {
            throw new LeaseLostException(incident.Id);
        }
    }

    private Incident Put(Incident incident)
    {
        _ = JournalJson.Pack(incident, JournalJson.MostBytes);
        return _current[incident.Key] = incident with { Version = incident.Version + 1, ChangedAt = clock.GetUtcNow() };
    }

    private async IAsyncEnumerable<Incident> Open(DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        Incident[] due;
        lock (_gate)
        {
            due = [.. _current.Values
                .Where(i => i.State is not IncidentState.Closed && i.Due <= until)
                .OrderByDescending(Transitions.IsUrgent)
                .ThenBy(i => i.Due)];
        }

        foreach (var incident in due)
        {
            ct.ThrowIfCancellationRequested();
            yield return incident;
        }
    }
}
