using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>The journal on DynamoDB. Each step of an incident is one transaction.</summary>
internal sealed class DynamoJournal(IAmazonDynamoDB dynamo, JournalSettings settings, IJournalKey journalKey, TimeProvider clock) : IJournal
{
    private readonly DynamoWrites writes = new(settings, clock);
    private readonly ConflictRetry retry = new(clock);
    private readonly BudgetParts parts = new(clock);
    private readonly ClearedChecks cleared = new(clock);
    private readonly DynamoDigests digests = new(dynamo, settings, journalKey, clock);
    private readonly DynamoRollouts rollouts = new(dynamo, settings, journalKey);
    private readonly DynamoOrders orders = new(dynamo, settings, journalKey);

    public Task<Claim> ClaimAsync(Incident opening, CancellationToken ct) => OpenAsync(opening, after: null, ct);

    public async Task<Claim> ResumeAsync(Incident found, CancellationToken ct)
    {
        var lease = NewLease();
        try
        {
            await WriteAsync([writes.TakeLease(found, lease), writes.SameVersion(found)], ct);
            return new Claim.Mine(found, lease, IsNew: false);
        }
        catch (TransactionCanceledException e) when (ConflictRetry.IsRefusal(e))
        {
            return e.CancellationReasons is [{ Code: "ConditionalCheckFailed" } held, ..]
                ? new Claim.Taken(Until(held))
                : new Claim.Answered(found.Id);
        }
    }

    public async Task<Begun> BeginAsync(Incident incident, Lease lease, IReadOnlyList<Budget> budgets, CancellationToken ct)
    {
        var next = Next(incident);
        var put = writes.PutCurrent(next, incident.Version);
        if (put.Put.Item["detail"].B.Length is var bytes && bytes > JournalJson.MostBytesAtBegin)
        {
            throw new IncidentTooLargeException(incident.Id, (int)bytes, JournalJson.MostBytesAtBegin);
        }

        var checks = cleared.NotLately([null, .. budgets.Where(b => b.IsBreaker)]).Select(b => new BeginCheck(b)).ToList();
        return await BeginAsync(
            incident, next, [writes.HoldLease(incident, lease), put], checks, [.. budgets.Where(b => !b.IsBreaker)], ct);
    }

    /// <summary>
    /// Counts it, and checks what this process did not see clear lately. A breaker that turns out to be half-open is counted; of a budget
    /// in parts another part is tried where one is used up.
    /// </summary>
    private async Task<Begun> BeginAsync(
        Incident incident,
        Incident next,
        TransactWriteItem[] held,
        List<BeginCheck> checks,
        Budget[] budgets,
        CancellationToken ct)
    {
        while (true)
        {
            var counted = budgets.Select(b => parts.WithRoom(b, incident.Id)).ToList();
            if (counted.IndexOf(null) is var used and >= 0)
            {
                return new Begun.OverBudget(budgets[used]);
            }

            var askedAt = clock.GetUtcNow();
            try
            {
                await WriteAsync([.. held, .. checks.Select(writes.Check), .. counted.Select(b => writes.AddOne(b!))], ct);
                cleared.Saw(checks, askedAt);
                return new Begun.Yes(next) { AllowedAt = cleared.NotStoppedAt };
            }
            catch (TransactionCanceledException e) when (ConflictRetry.IsRefusal(e))
            {
                var refused = e.CancellationReasons.FindIndex(r => r.Code is "ConditionalCheckFailed") - held.Length;
                if (refused < 0)
                {
                    throw new LeaseLostException(incident.Id);
                }

                if (refused >= checks.Count)
                {
                    parts.UsedUp(counted[refused - checks.Count]!);
                }
                else if (checks[refused].Refused(e.CancellationReasons[refused + held.Length].Item) is { } refusal)
                {
                    return refusal;
                }
                else
                {
                    checks[refused] = checks[refused] with { IsHalfOpen = true };
                }
            }
        }
    }

    public Task<Incident> SaveAsync(Incident incident, Lease lease, CancellationToken ct) =>
        SaveAsync(incident, Next(incident), [writes.HoldLease(incident, lease)], ct);

    public Task<Incident> ReleaseAsync(Incident incident, Lease lease, CancellationToken ct)
    {
        var next = Next(incident);
        TransactWriteItem[] archive = incident.State is IncidentState.Closed ? [writes.Archive(next)] : [];
        return SaveAsync(incident, next, [writes.GiveLeaseBack(incident, lease), .. archive, .. digests.Writes(next)], ct);
    }

    public async Task<Incident?> FindAsync(IncidentId id, CancellationToken ct)
    {
        if (await GetAsync(DynamoItems.IdKey(id.Value), ct) is not { } item)
        {
            return null;
        }

        // A closed incident may have been taken up again: then the archived one is out of date.
        var current = await FindOpenAsync(item["incidentKey"].S, ct);
        return current?.Id == id.Value ? current : item.ContainsKey("detail") ? await ReadAsync(item, ct) : null;
    }

    public async Task<Incident?> FindOpenAsync(string key, CancellationToken ct) =>
        await GetAsync(DynamoItems.CurrentKey(key), ct) is { } item && await ReadAsync(item, ct) is { State: not IncidentState.Closed } open
            ? open
            : null;

    public IAsyncEnumerable<Incident> DueAsync(DateTimeOffset now, CancellationToken ct) => QueryAsync(now, ct);

    public IAsyncEnumerable<Incident> OpenAsync(CancellationToken ct) => QueryAsync(DateTimeOffset.MaxValue, ct);

    public IAsyncEnumerable<Incident> ClosedAsync(DateTimeOffset since, CancellationToken ct)
    {
        // The index has what is open, and nothing else.
        var request = new ScanRequest(settings.Table)
        {
            FilterExpression = "#sk = :id AND #state = :closed AND #changed >= :since",
            ExpressionAttributeNames = new() { ["#sk"] = "sk", ["#state"] = "state", ["#changed"] = "changedAt" },
            ExpressionAttributeValues = new()
            {
                [":id"] = new("id"),
                [":closed"] = new(nameof(IncidentState.Closed)),
                [":since"] = new(DynamoItems.Time(since)),
            },
        };
        return ReadAsync(ScanAsync(request, ct), ct);
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(
        ScanRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        do
        {
            var page = await dynamo.ScanAsync(request, ct);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    public Task<Digests> EndedAsync(DateTimeOffset since, CancellationToken ct) => digests.EndedAsync(since, ct);

    public Task<Digests> ChangedAsync(string rule, int most, CancellationToken ct) => digests.ChangedAsync(rule, most, ct);

    public Task<Rebuilt> RebuildAsync(Action<int> progress, CancellationToken ct) =>
        digests.RebuildAsync(ClosedAsync(DateTimeOffset.MinValue, ct), progress, ct);

    public async Task<int> CountAsync(Budget budget, int by, CancellationToken ct)
    {
        if (budget.IsBreaker && by is not 0)
        {
            cleared.Forget();
        }

        var answer = await retry.RunAsync(() => dynamo.UpdateItemAsync(writes.Add(budget, by), ct), ct);
        return int.Parse(answer.Attributes["n"].N, CultureInfo.InvariantCulture);
    }

    public async Task<string?> BookmarkAsync(string name, CancellationToken ct) =>
        await GetAsync(DynamoItems.BookmarkKey(name), ct) is { } item ? item["value"].S : null;

    public Task SetBookmarkAsync(string name, string value, CancellationToken ct)
    {
        var item = DynamoItems.BookmarkKey(name);
        item["value"] = new(value);
        return dynamo.PutItemAsync(settings.Table, item, ct);
    }

    public Task<OrderBook> OrdersAsync(OrderBook known, CancellationToken ct) => orders.InForceAsync(known, ct);

    public Task<OrderBook> EndedOrdersAsync(CancellationToken ct) => orders.EndedAsync(ct);

    public Task<bool> WriteOrderAsync(StandingOrder order, OrderBook seen, CancellationToken ct) => orders.WriteAsync(order, seen, ct);

    public Task<RolloutBook> RolloutsAsync(CancellationToken ct) => rollouts.ReadAsync(ct);

    public Task<bool> WriteRolloutsAsync(ImmutableArray<RolloutState> next, RolloutBook seen, CancellationToken ct) =>
        rollouts.WriteAsync(next, seen, ct);

    public Task<Digests> RolledOutAsync(string rollout, CancellationToken ct) => digests.RolledOutAsync(rollout, ct);

    public Task SetStopAsync(string? reason, CancellationToken ct)
    {
        cleared.Forget();
        var key = DynamoItems.StopKey;
        if (reason is null)
        {
            return retry.RunAsync(() => dynamo.DeleteItemAsync(settings.Table, key, ct), ct);
        }

        key["why"] = new(reason);
        key["since"] = new(DynamoItems.Time(clock.GetUtcNow()));
        return retry.RunAsync(() => dynamo.PutItemAsync(settings.Table, key, ct), ct);
    }

    public async Task<string?> WhyStoppedAsync(CancellationToken ct) =>
        await GetAsync(DynamoItems.StopKey, ct) is { } item ? item["why"].S : null;

    /// <summary>Most problems are new: one transaction opens the incident, and only its refusal shows what was there before.</summary>
    private async Task<Claim> OpenAsync(Incident opening, Incident? after, CancellationToken ct)
    {
        var lease = NewLease();
        try
        {
            await WriteAsync([writes.TakeLease(opening, lease), writes.OpenCurrent(opening, after), writes.PutId(opening)], ct);
            return new Claim.Mine(opening, lease, IsNew: true);
        }
        catch (TransactionCanceledException e) when (ConflictRetry.IsRefusal(e))
        {
            return e.CancellationReasons.FindIndex(r => r.Code is "ConditionalCheckFailed") is 2
                ? await OpenAsync(IncidentId.Another(opening), after, ct)
                : after is null
                    ? await ClaimExistingAsync(opening, e.CancellationReasons, ct)
                    : new Claim.Taken(clock.GetUtcNow());
        }
    }

    private async Task<Claim> ClaimExistingAsync(Incident opening, List<CancellationReason> reasons, CancellationToken ct)
    {
        var last = reasons[1].Item is { Count: > 0 } item ? await ReadAsync(item, ct) : null;
        return ClaimRules.EventEffect(last, opening) switch
        {
            EventEffect.Answered => new Claim.Answered(last!.Id),
            EventEffect.NotUnderstood => new Claim.NotUnderstood(last!),
            _ when reasons[0].Code is "ConditionalCheckFailed" => new Claim.Taken(Until(reasons[0])),
            EventEffect.GoesOn => await ResumeAsync(ClaimRules.TakenIn(last!, opening), ct),
            _ => await OpenAsync(ClaimRules.Again(opening, last!), last, ct),
        };
    }

    private async Task<Incident> SaveAsync(Incident incident, Incident next, TransactWriteItem[] others, CancellationToken ct)
    {
        try
        {
            await WriteAsync([writes.PutCurrent(next, incident.Version), .. others], ct);
            return next;
        }
        catch (TransactionCanceledException e) when (ConflictRetry.IsRefusal(e))
        {
            throw new LeaseLostException(incident.Id);
        }
    }

    private IAsyncEnumerable<Incident> QueryAsync(DateTimeOffset until, CancellationToken ct) => ReadAsync(
        DueIndex.MergedAsync(dynamo, settings.Table, until, ct), ct);

    private async IAsyncEnumerable<Incident> ReadAsync(
        IAsyncEnumerable<Dictionary<string, AttributeValue>> items, [EnumeratorCancellation] CancellationToken ct)
    {
        var unreadable = new List<UnreadableIncidentException>();
        var seal = await journalKey.SealAsync(ct);
        await foreach (var item in items.WithCancellation(ct))
        {
            if (TryRead(item, seal, unreadable) is { } incident)
            {
                yield return incident;
            }
        }

        // After all the others: it must neither cost them their turn nor go unseen.
        if (unreadable is not [])
        {
            throw new UnreadableIncidentException(
                [.. unreadable.SelectMany(u => u.Incidents)],
                new InvalidDataException(string.Join(' ', unreadable.Select(u => u.InnerException!.Message).Distinct())));
        }
    }

    private Incident? TryRead(Dictionary<string, AttributeValue> item, ItemSeal? seal, List<UnreadableIncidentException> unreadable)
    {
        try
        {
            return Read(item, seal);
        }
        catch (UnreadableIncidentException e)
        {
            unreadable.Add(e);
            return null;
        }
    }

    private async Task<Incident> ReadAsync(Dictionary<string, AttributeValue> item, CancellationToken ct) =>
        Read(item, await journalKey.SealAsync(ct));

    /// <summary>Nothing is believed of an item before its seal holds.</summary>
    private Incident Read(Dictionary<string, AttributeValue> item, ItemSeal? seal)
    {
        var mayBeUnsealed = seal is null || (!ItemSeal.IsSealed(item) && settings.UnsealedUntil > clock.GetUtcNow());
        return mayBeUnsealed || seal!.Holds(item)
            ? DynamoItems.Incident(item)
            : throw new UnreadableIncidentException([DynamoItems.NameOf(item)], new UnsealedItemException(ItemSeal.IsSealed(item)
                ? "Somebody changed it: its seal does not hold. Nothing is done with it."
                : "It has no seal: it was not written by this service, or by a version before seals. Nothing is done with it."));
    }

    private async Task SealAsync(List<TransactWriteItem> items, CancellationToken ct)
    {
        var unsealed = items.Where(i => i.Put is { } put && put.Item.ContainsKey("id")).Select(i => i.Put.Item).ToList();
        if (unsealed.Count == 0)
        {
            return;
        }

        var seal = await journalKey.SealAsync(ct)
            ?? throw new UnsealedItemException(
                "The journal's key is not at hand (REMEDIATOR_JOURNAL_KEY, and leave to kms:GenerateMac): nothing can be written, so "
                + "nothing is changed."
            );
        unsealed.ForEach(seal.Set);
    }

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(Dictionary<string, AttributeValue> key, CancellationToken ct)
    {
        var answer = await dynamo.GetItemAsync(new GetItemRequest(settings.Table, key) { ConsistentRead = true }, ct);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    private async Task WriteAsync(List<TransactWriteItem> items, CancellationToken ct)
    {
        await SealAsync(items, ct);
        await retry.RunAsync(() => dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = items }, ct), ct);
    }

    private Lease NewLease() => new(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), clock.GetUtcNow() + settings.LeaseTime);

    private Incident Next(Incident incident) => incident with { Version = incident.Version + 1, ChangedAt = clock.GetUtcNow() };

    private DateTimeOffset Until(CancellationReason reason) =>
        reason.Item is { } item
            && item.TryGetValue("until", out var until) ? DynamoItems.Time(until.S) : clock.GetUtcNow() + settings.LeaseTime;
}
