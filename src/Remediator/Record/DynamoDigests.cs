using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// The aggregate that reports are made of: each incident in short, written in the transaction that saves the incident itself.
/// </summary>
/// <remarks>
/// An item is named by its incident and lies under the day on which that was opened, so that whatever is written again, after a crash, a
/// redelivery or a second end, takes the place of what was there: none is counted twice, and none is lost. Incidents with a change of ours
/// lie under their rule too. Days and rules are spread over eight partitions each.
/// </remarks>
internal sealed class DynamoDigests(IAmazonDynamoDB dynamo, JournalSettings settings, IJournalKey journalKey, TimeProvider clock)
{
    private const int Shards = 8;
    private const int AtOnce = 16;

    /// <summary>What goes with a save of an incident that gives its resource back.</summary>
    public IEnumerable<TransactWriteItem> Writes(Incident next)
    {
        var digest = Digest.Of(next);
        if (!digest.IsOpen)
        {
            yield return new() { Put = new() { TableName = settings.Table, Item = Item(EndedKey(digest), digest) } };
        }

        if (digest.Course is { Fixes: > 0 } or { Undone: > 0 })
        {
            yield return new() { Put = new() { TableName = settings.Table, Item = Item(RuleKey(digest), digest) } };
        }

        if (digest.IsRolledOut)
        {
            yield return new() { Put = new() { TableName = settings.Table, Item = Item(RolloutKey(digest), digest) } };
        }
    }

    /// <summary>Those that ended, of the days from then on.</summary>
    public async Task<Digests> EndedAsync(DateTimeOffset since, CancellationToken ct)
    {
        var (found, unbelieved) = (new ConcurrentBag<Digest>(), 0);
        var seal = await journalKey.SealAsync(ct);
        await Parallel.ForEachAsync(
            Partitions(since), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (partition, token) =>
            {
                await foreach (var item in QueryAsync(partition, newestFirst: false, null, token))
                {
                    if (Believed(item, seal) is not { } digest)
                    {
                        Interlocked.Increment(ref unbelieved);
                    }
                    else if (digest.OpenedAt >= since)
                    {
                        found.Add(digest);
                    }
                }
            });
        return new([.. found.OrderBy(d => d.Id, StringComparer.Ordinal)], unbelieved);
    }

    /// <summary>The newest ones of a rule that have, or had, a change of ours.</summary>
    public async Task<Digests> ChangedAsync(string rule, int most, CancellationToken ct)
    {
        var seal = await journalKey.SealAsync(ct);
        var parts = await Task.WhenAll(Enumerable.Range(0, Shards)
            .Select(async shard => await QueryAsync(Named(rule, shard), newestFirst: true, most, ct).Take(most).ToListAsync(ct)));
        var items = parts.SelectMany(p => p).OrderByDescending(i => i["sk"].S, StringComparer.Ordinal).Take(most).ToList();
        Digest[] believed = [.. items.Select(i => Believed(i, seal)).OfType<Digest>()];
        return new(believed, items.Count - believed.Length);
    }

    /// <summary>Those of a rollout in which something was changed, or somebody was called.</summary>
    public async Task<Digests> RolledOutAsync(string rollout, CancellationToken ct)
    {
        var seal = await journalKey.SealAsync(ct);
        var parts = await Task.WhenAll(Enumerable.Range(0, Shards)
            .Select(async shard => await QueryAsync(RolloutNamed(rollout, shard), newestFirst: true, null, ct).ToListAsync(ct)));
        var items = parts.SelectMany(p => p).ToList();
        Digest[] believed = [.. items.Select(i => Believed(i, seal)).OfType<Digest>()];
        return new(believed, items.Count - believed.Length);
    }

    /// <summary>Makes the aggregate anew from ended incidents; what stands there as it should is left.</summary>
    public async Task<Rebuilt> RebuildAsync(IAsyncEnumerable<Incident> ended, Action<int> progress, CancellationToken ct)
    {
        var (seen, written) = (0, 0);
        try
        {
            await Parallel.ForEachAsync(
                ended, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (incident, token) =>
                {
                    Interlocked.Add(ref written, await PutAsync(Digest.Of(incident), token) ? 1 : 0);
                    if (Interlocked.Increment(ref seen) is var done && done % 500 == 0)
                    {
                        progress(done);
                    }
                });
        }
        catch (UnreadableIncidentException e)
        {
            return new(seen, written, e.Incidents);
        }

        return new(seen, written, []);
    }

    private async Task<bool> PutAsync(Digest digest, CancellationToken ct)
    {
        var seal = await journalKey.SealAsync(ct)
            ?? throw new UnsealedItemException("The journal's key is not at hand: nothing can be written.");
        var put = await PutAsync(Item(EndedKey(digest), digest), seal, ct);
        var ofRule = digest.Course is { Fixes: > 0 } or { Undone: > 0 } && await PutAsync(Item(RuleKey(digest), digest), seal, ct);
        var rolledOut = digest.IsRolledOut && await PutAsync(Item(RolloutKey(digest), digest), seal, ct);
        return put || ofRule || rolledOut;
    }

    /// <summary>Puts what is missing or otherwise; nothing over an item that is the service's own and newer.</summary>
    private async Task<bool> PutAsync(Dictionary<string, AttributeValue> item, ItemSeal seal, CancellationToken ct)
    {
        seal.Set(item);
        var key = new Dictionary<string, AttributeValue> { ["pk"] = item["pk"], ["sk"] = item["sk"] };
        var there = (await dynamo.GetItemAsync(new GetItemRequest(settings.Table, key) { ConsistentRead = true }, ct)).Item;
        var old = there is { Count: > 0 } ? Believed(there, seal) : null;
        if (old is not null && (old.Version > VersionOf(item) || there!["digest"].S == item["digest"].S))
        {
            return false;
        }

        // Between the read and this write the incident may have been saved anew: then that stands.
        var isThere = there is { Count: > 0 };
        var mac = isThere ? there!.GetValueOrDefault(ItemSeal.Attribute) : null;
        try
        {
            await dynamo.PutItemAsync(
                new PutItemRequest(settings.Table, item)
                {
                    ConditionExpression = !isThere ? "attribute_not_exists(pk)" : mac is null ? "attribute_not_exists(mac)" : "mac = :mac",
                    ExpressionAttributeValues = mac is null ? null : new() { [":mac"] = mac },
                },
                ct);
            return true;
        }
        catch (Exception e) when (e is ConditionalCheckFailedException or TransactionConflictException)
        {
            return false;
        }
    }

    private IEnumerable<string> Partitions(DateTimeOffset since)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var oldest = today.AddDays(-2 * (int)settings.Retention.TotalDays);
        var first = DateOnly.FromDateTime(since.UtcDateTime);
        for (var day = first > oldest ? first : oldest; day <= today; day = day.AddDays(1))
        {
            for (var shard = 0; shard < Shards; shard++)
            {
                yield return Partition(day, shard);
            }
        }
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        string partition, bool newestFirst, int? most, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new QueryRequest(settings.Table)
        {
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new(partition) },
            ScanIndexForward = !newestFirst,
        };
        if (most is { } limit)
        {
            request.Limit = limit;
        }

        do
        {
            var page = await dynamo.QueryAsync(request, ct);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private Dictionary<string, AttributeValue> Item((string Partition, string Id) key, Digest digest) => new()
    {
        ["pk"] = new(key.Partition),
        ["sk"] = new(key.Id),
        ["id"] = new(digest.Id),
        ["digest"] = new(DigestWriter.Write(digest)),
        ["expires"] = DynamoItems.Number((digest.ChangedAt + settings.Retention).ToUnixTimeSeconds()),
    };

    private static int VersionOf(Dictionary<string, AttributeValue> item) =>
        JsonSerializer.Deserialize(item["digest"].S, DigestJson.Default.Digest)!.Version;

    /// <summary>Null where it is none of the service's own, or of a shape that this version does not know.</summary>
    private static Digest? Believed(Dictionary<string, AttributeValue> item, ItemSeal? seal)
    {
        if (seal is not null && !seal.Holds(item))
        {
            return null;
        }

        try
        {
            return item.TryGetValue("digest", out var text) ? JsonSerializer.Deserialize(text.S, DigestJson.Default.Digest) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Partition, string Id) EndedKey(Digest digest) =>
        (Partition(DateOnly.FromDateTime(digest.OpenedAt.UtcDateTime), ShardOf(digest)), digest.Id);

    private static (string Partition, string Id) RolloutKey(Digest digest) => (RolloutNamed(digest.Rollout!, ShardOf(digest)), digest.Id);

    private static (string Partition, string Id) RuleKey(Digest digest) => (Named(digest.Rule, ShardOf(digest)), digest.Id);

    /// <summary>An id ends with letters of a hash.</summary>
    private static int ShardOf(Digest digest) => digest.Id[^1] % Shards;

    private static string Partition(DateOnly day, int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"ended#{day:yyyy-MM-dd}#{shard}");

    private static string RolloutNamed(string id, int shard) => string.Create(CultureInfo.InvariantCulture, $"rollout#{id}#{shard}");

    private static string Named(string rule, int shard) => string.Create(CultureInfo.InvariantCulture, $"rule#{rule}#{shard}");
}

/// <summary>What is usual is left out: an item is a few hundred bytes.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Digest))]
internal sealed partial class DigestJson : JsonSerializerContext;
