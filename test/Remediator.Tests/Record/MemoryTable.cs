using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Remediator.Tests.Record;

/// <summary>
/// The journal's table in memory, as DynamoDB answers: conditions, transactions that happen whole or not at all, the index, and pages.
/// The journal's contract holds on it as it does on the emulator.
/// </summary>
internal sealed class MemoryTable
{
    private const int Page = 3;
    private const string Refused = "ConditionalCheckFailed";
    private readonly Lock gate = new();
    private readonly SortedDictionary<(string, string), Item> items = new(Comparer<(string Pk, string Sk)>.Create((a, b) =>
        string.CompareOrdinal(a.Pk, b.Pk) is var order and not 0 ? order : string.CompareOrdinal(a.Sk, b.Sk)));

    public MemoryTable()
    {
        var dynamo = new Mock<IAmazonDynamoDB>(MockBehavior.Strict);
        dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((GetItemRequest r, CancellationToken _) => Locked(() => Get(r)));
        dynamo.Setup(d => d.PutItemAsync(It.IsAny<string>(), It.IsAny<Item>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, Item item, CancellationToken _) => Locked(() => Put(new() { Item = item })));
        dynamo.Setup(d => d.PutItemAsync(It.IsAny<PutItemRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((PutItemRequest r, CancellationToken _) => Locked(() => Put(r)));
        dynamo.Setup(d => d.DeleteItemAsync(It.IsAny<string>(), It.IsAny<Item>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, Item key, CancellationToken _) => Locked(() => Delete(key)));
        dynamo.Setup(d => d.UpdateItemAsync(It.IsAny<UpdateItemRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((UpdateItemRequest r, CancellationToken _) => Locked(() => Update(r)));
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((TransactWriteItemsRequest r, CancellationToken _) => Locked(() => Write(r)));
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((QueryRequest r, CancellationToken _) => Locked(() => Query(r)));
        dynamo.Setup(d => d.ScanAsync(It.IsAny<ScanRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((ScanRequest r, CancellationToken _) => Locked(() => Scan(r)));
        Dynamo = dynamo.Object;
    }

    public IAmazonDynamoDB Dynamo { get; }

    public List<TransactWriteItemsRequest> Transactions { get; } = [];

    /// <summary>So many transactions meet another one first.</summary>
    public int Conflicts { get; set; }

    public Item? this[Item key] => Locked(() => Find(key));

    private static (string, string) KeyOf(Item item) => (item["pk"].S, item["sk"].S);

    /// <summary>What is read is the reader's own, also its streams.</summary>
    private static Item Copy(Item? item) => (item ?? []).ToDictionary(
        a => a.Key, a => a.Value.B is { } bytes ? new() { B = new(bytes.ToArray()) } : a.Value, StringComparer.Ordinal);

    private T Locked<T>(Func<T> action)
    {
        lock (gate)
        {
            return action();
        }
    }

    private Item? Find(Item key) => items.GetValueOrDefault(KeyOf(key));

    private GetItemResponse Get(GetItemRequest r) => r.ConsistentRead is true
        ? new() { Item = Copy(Find(r.Key)) }
        : throw new NotSupportedException("What was just written may be missing from this read.");

    private PutItemResponse Put(PutItemRequest r)
    {
        if (!TableExpression.Holds(r.ConditionExpression, r.ExpressionAttributeNames, r.ExpressionAttributeValues, Find(r.Item)))
        {
            throw new ConditionalCheckFailedException("The conditional request failed");
        }

        items[KeyOf(r.Item)] = Copy(r.Item);
        return new();
    }

    private DeleteItemResponse Delete(Item key)
    {
        items.Remove(KeyOf(key));
        return new();
    }

    private UpdateItemResponse Update(UpdateItemRequest r)
    {
        var next = TableExpression.Updated(
            r.UpdateExpression, r.ExpressionAttributeNames, r.ExpressionAttributeValues, r.Key, Find(r.Key));
        items[KeyOf(r.Key)] = next;
        return new() { Attributes = Copy(next) };
    }

    private TransactWriteItemsResponse Write(TransactWriteItemsRequest request)
    {
        Transactions.Add(request);
        if (Conflicts > 0)
        {
            Conflicts--;
            throw Cancelled([.. request.TransactItems.Select(_ => new CancellationReason { Code = "TransactionConflict" })]);
        }

        List<CancellationReason> reasons = [.. request.TransactItems.Select(Reason)];
        if (reasons.Exists(r => r.Code is Refused))
        {
            throw Cancelled(reasons);
        }

        foreach (var write in request.TransactItems)
        {
            Write(write);
        }

        return new();
    }

    private static TransactionCanceledException Cancelled(List<CancellationReason> reasons) =>
        new("Transaction cancelled") { CancellationReasons = reasons };

    private CancellationReason Reason(TransactWriteItem write)
    {
        var (key, condition, names, values, old) = write switch
        {
            { Put: { } p } => (p.Item, p.ConditionExpression, p.ExpressionAttributeNames, p.ExpressionAttributeValues,
                p.ReturnValuesOnConditionCheckFailure),
            { Update: { } u } => (u.Key, u.ConditionExpression, u.ExpressionAttributeNames, u.ExpressionAttributeValues,
                u.ReturnValuesOnConditionCheckFailure),
            { Delete: { } d } => (d.Key, d.ConditionExpression, d.ExpressionAttributeNames, d.ExpressionAttributeValues,
                d.ReturnValuesOnConditionCheckFailure),
            { ConditionCheck: { } c } => (c.Key, c.ConditionExpression, c.ExpressionAttributeNames, c.ExpressionAttributeValues,
                c.ReturnValuesOnConditionCheckFailure),
            _ => throw new NotSupportedException("The fake table does not know this write."),
        };
        var there = Find(key);
        return TableExpression.Holds(condition, names, values, there) ? new() { Code = "None" }
            : new() { Code = Refused, Item = old == ReturnValuesOnConditionCheckFailure.ALL_OLD ? Copy(there) : null };
    }

    private void Write(TransactWriteItem write)
    {
        if (write.Put is { } put)
        {
            items[KeyOf(put.Item)] = Copy(put.Item);
        }
        else if (write.Delete is { } delete)
        {
            items.Remove(KeyOf(delete.Key));
        }
        else if (write.Update is { } u)
        {
            items[KeyOf(u.Key)] = TableExpression.Updated(
                u.UpdateExpression, u.ExpressionAttributeNames, u.ExpressionAttributeValues, u.Key, Find(u.Key));
        }
    }

    private QueryResponse Query(QueryRequest r)
    {
        var found = items.Values.Where(
            i => TableExpression.Holds(r.KeyConditionExpression, r.ExpressionAttributeNames, r.ExpressionAttributeValues, i));
        found = r.IndexName is "due" ? found.Where(i => i.ContainsKey("due")).OrderBy(i => i["due"].S, StringComparer.Ordinal) : found;
        var (page, last) = PageOf(r.ScanIndexForward is false ? found.Reverse() : found, r.ExclusiveStartKey, r.Limit ?? Page);
        // The SDK gives null for an empty list.
        return new() { Items = page is [] ? null : page, LastEvaluatedKey = last };
    }

    private ScanResponse Scan(ScanRequest r)
    {
        var (page, last) = PageOf(items.Values, r.ExclusiveStartKey, Page);
        return new()
        {
            Items = page.FindAll(
                i => TableExpression.Holds(r.FilterExpression, r.ExpressionAttributeNames, r.ExpressionAttributeValues, i)),
            LastEvaluatedKey = last,
        };
    }

    private static (List<Item> Page, Item? Last) PageOf(IEnumerable<Item> all, Item? after, int limit)
    {
        var rest = after is { Count: > 0 } ? all.SkipWhile(i => KeyOf(i) != KeyOf(after)).Skip(1) : all;
        List<Item> page = [.. rest.Take(limit).Select(Copy)];
        return (page, page.Count < limit ? null : new() { ["pk"] = page[^1]["pk"], ["sk"] = page[^1]["sk"] });
    }
}
