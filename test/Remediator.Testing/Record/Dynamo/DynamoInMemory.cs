using System.Collections.Concurrent;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Remediator.Testing.Record.Dynamo;

/// <summary>
/// DynamoDB in this process, with one table and as much as the journal uses: transactions that meet on an item cancel each other,
/// conditions are evaluated, refused items are shown, pages end at a megabyte, and expressions and sizes are checked.
/// </summary>
/// <remarks>The contract of the journal runs on this and on the emulator; it is for what is too much for an emulator.</remarks>
internal sealed class DynamoInMemory() : AmazonDynamoDBClient(
    new AnonymousAWSCredentials(), new AmazonDynamoDBConfig { ServiceURL = "http://localhost:1", AuthenticationRegion = "us-east-1" })
{
    private const int PageBytes = 1024 * 1024;
    private const int MostWrites = 100;

    private readonly Lock gate = new();
    private readonly StoredItems items = new();
    private readonly HashSet<ItemKey> inFlight = [];

    /// <summary>What a transaction under way waits for, so that others may meet it; without, it is over at once and nobody does.</summary>
    public Func<Task>? UnderWay { get; set; }

    /// <summary>Items at which others always are.</summary>
    public Func<ItemKey, bool> IsBusy { get; set; } = _ => false;

    /// <summary>So many of the next transactions meet another one.</summary>
    public int Meetings { get; set; }

    public int Transactions { get; private set; }

    /// <summary>How many writes and checks the last transaction had.</summary>
    public int LastTransaction { get; private set; }

    public Dictionary<string, AttributeValue>? this[Dictionary<string, AttributeValue> key] => items.Find(ItemKey.Of(key));

    /// <summary>How often each partition was written or checked by a write.</summary>
    public ConcurrentDictionary<string, int> Writes { get; } = new(StringComparer.Ordinal);

    /// <summary>How many transactions and writes met another transaction.</summary>
    public int Conflicts { get; private set; }

    public int Queries { get; private set; }

    public long BytesRead { get; private set; }

    /// <summary>The items themselves: whoever changes one forges it.</summary>
    public IReadOnlyList<Dictionary<string, AttributeValue>> Items => [.. items.All];

    public void Put(Dictionary<string, AttributeValue> item) => items.Put(item);

    public void Delete(Dictionary<string, AttributeValue> item) => items.Remove(ItemKey.Of(item));

    public override Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return request.ConsistentRead is true
                ? Task.FromResult(new GetItemResponse { Item = Copy(items.Find(ItemKey.Of(request.Key))) })
                : throw new NotSupportedException("What was just written may be missing from this read.");
        }
    }

    public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
    {
        Single(new()
        {
            Put = new()
            {
                Item = request.Item,
                ConditionExpression = request.ConditionExpression,
                ExpressionAttributeNames = request.ExpressionAttributeNames,
                ExpressionAttributeValues = request.ExpressionAttributeValues,
            },
        });
        return Task.FromResult(new PutItemResponse());
    }

    public override Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default)
    {
        Single(new()
        {
            Delete = new()
            {
                Key = request.Key,
                ConditionExpression = request.ConditionExpression,
                ExpressionAttributeNames = request.ExpressionAttributeNames,
                ExpressionAttributeValues = request.ExpressionAttributeValues,
            },
        });
        return Task.FromResult(new DeleteItemResponse());
    }

    public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        var now = Single(new()
        {
            Update = new()
            {
                Key = request.Key,
                UpdateExpression = request.UpdateExpression,
                ConditionExpression = request.ConditionExpression,
                ExpressionAttributeNames = request.ExpressionAttributeNames,
                ExpressionAttributeValues = request.ExpressionAttributeValues,
            },
        });
        return Task.FromResult(new UpdateItemResponse { Attributes = request.ReturnValues == ReturnValue.ALL_NEW ? Copy(now) : null });
    }

    public override Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            Queries++;
            var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
            var after = request.ExclusiveStartKey is { Count: > 0 } key ? key : null;
            var value = placeholders.Value(request.KeyConditionExpression.Split(' ')[2]).S;
            var found = request.IndexName switch
            {
                null => items.Partition(value, after, request.ScanIndexForward is not false),
                "due" => items.Due(value, after),
                _ => throw ItemCondition.Invalid($"the table has no index {request.IndexName}"),
            };

            // Of what is in order, a condition on the sort key holds for a beginning.
            var matching = found.TakeWhile(i => ItemCondition.Holds(request.KeyConditionExpression, placeholders, i));
            var (page, last) = Page(matching, request.Limit, request.IndexName is null ? ["pk", "sk"] : ["pk", "sk", "open", "due"]);

            // The SDK gives null for an empty list.
            return Task.FromResult(new QueryResponse { Items = page is [] ? null : page, LastEvaluatedKey = last });
        }
    }

    public override Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
            var all = items.All;
            if (request.ExclusiveStartKey is { Count: > 0 } after)
            {
                all = all.SkipWhile(i => ItemKey.Of(i) != ItemKey.Of(after)).Skip(1);
            }

            var (page, last) = Page(all, request.Limit, ["pk", "sk"]);
            return Task.FromResult(new ScanResponse
            {
                Items = [.. page.Where(i => ItemCondition.Holds(request.FilterExpression, placeholders, i))],
                LastEvaluatedKey = last,
            });
        }
    }

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        var writes = request.TransactItems.Select(i => new ItemWrite(i)).ToList();
        ItemKey[] keys = [.. writes.Select(w => w.Key)];
        if (writes.Count > MostWrites || keys.Distinct().Count() != keys.Length)
        {
            throw ItemCondition.Invalid("a transaction has at most a hundred writes, each of another item");
        }

        lock (gate)
        {
            Begin(keys);
            if (UnderWay is null)
            {
                End(keys, writes);
                return new();
            }
        }

        await UnderWay();
        lock (gate)
        {
            End(keys, writes);
        }

        return new();
    }

    private void Begin(ItemKey[] keys)
    {
        (Transactions, LastTransaction) = (Transactions + 1, keys.Length);
        if (Meetings-- > 0 || keys.Any(IsTaken))
        {
            Conflicts++;
            throw Cancelled(keys.Select((k, n) => new CancellationReason
            {
                Code = IsTaken(k) || (n is 0 && !keys.Any(IsTaken)) ? "TransactionConflict" : "None",
            }));
        }

        inFlight.UnionWith(keys);
    }

    private void End(ItemKey[] keys, List<ItemWrite> writes)
    {
        inFlight.ExceptWith(keys);
        var reasons = writes.Select(w => w.WhyNot(items.Find(w.Key))).ToList();
        if (reasons.Any(r => r.Code is not "None"))
        {
            throw Cancelled(reasons.Select(r => new CancellationReason { Code = r.Code, Message = r.Message, Item = Copy(r.Item) }));
        }

        writes.ForEach(Apply);
    }

    private Dictionary<string, AttributeValue>? Single(TransactWriteItem item)
    {
        var write = new ItemWrite(item);
        lock (gate)
        {
            if (IsTaken(write.Key))
            {
                Conflicts++;
                throw new TransactionConflictException("Transaction is ongoing for the item")
                {
                    ErrorCode = nameof(TransactionConflictException),
                    StatusCode = HttpStatusCode.BadRequest,
                };
            }

            switch (write.WhyNot(items.Find(write.Key)))
            {
                case { Code: "ConditionalCheckFailed" }:
                    throw new ConditionalCheckFailedException("The conditional request failed");
                case { Code: "ValidationError", Message: { } why }:
                    throw ItemCondition.Invalid(why);
                default:
                    Apply(write);
                    return items.Find(write.Key);
            }
        }
    }

    private bool IsTaken(ItemKey key) => inFlight.Contains(key) || IsBusy(key);

    private void Apply(ItemWrite write)
    {
        Writes.AddOrUpdate(write.Key.Pk, 1, (_, n) => n + 1);
        if (write.IsDelete)
        {
            items.Remove(write.Key);
        }
        else if (write.Next(items.Find(write.Key)) is { } next)
        {
            items.Put(Copy(next)!);
        }
    }

    private (List<Dictionary<string, AttributeValue>> Items, Dictionary<string, AttributeValue>? Last) Page(
        IEnumerable<Dictionary<string, AttributeValue>> found, int? limit, string[] keys)
    {
        var (page, bytes) = (new List<Dictionary<string, AttributeValue>>(), 0L);
        foreach (var item in found)
        {
            page.Add(Copy(item)!);
            bytes += StoredItems.SizeOf(item);
            if (bytes >= PageBytes || page.Count == limit)
            {
                break;
            }
        }

        BytesRead += bytes;
        var isCut = bytes >= PageBytes || page.Count == limit;
        return (page, isCut ? keys.ToDictionary(k => k, k => page[^1][k]) : null);
    }

    /// <summary>Nobody shares a stream with the table.</summary>
    private static Dictionary<string, AttributeValue>? Copy(Dictionary<string, AttributeValue>? item) => item?.ToDictionary(
        a => a.Key,
        a => a.Value.B is { } bytes ? new AttributeValue { B = new MemoryStream(bytes.ToArray(), writable: false) } : a.Value,
        StringComparer.Ordinal);

    private static TransactionCanceledException Cancelled(IEnumerable<CancellationReason> reasons) =>
        new("Transaction cancelled, please refer cancellation reasons for specific reasons")
        {
            ErrorCode = nameof(TransactionCanceledException),
            StatusCode = HttpStatusCode.BadRequest,
            CancellationReasons = [.. reasons],
        };
}
