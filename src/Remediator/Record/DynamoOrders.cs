using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// The orders of people on DynamoDB, each an item with a seal. One small item counts what was given and ended: whoever knows that count
/// knows them all, so that an event reads that item and nothing else, however many there are.
/// </summary>
internal sealed class DynamoOrders(IAmazonDynamoDB dynamo, JournalSettings settings, IJournalKey journalKey)
{
    private const string Content = "order";
    private const string Count = "version";

    public async Task<OrderBook> InForceAsync(OrderBook known, CancellationToken ct)
    {
        // The count first: what is written after it is read again.
        var version = await VersionAsync(ct);
        return version == known.Version ? known : await ReadAsync(version, DynamoItems.Orders, newestFirst: false, ct);
    }

    public Task<OrderBook> EndedAsync(CancellationToken ct) => ReadAsync(0, DynamoItems.EndedOrders, newestFirst: true, ct);

    public async Task<bool> WriteAsync(StandingOrder order, OrderBook seen, CancellationToken ct)
    {
        var seal = await journalKey.SealAsync(ct)
            ?? throw new UnsealedItemException("The journal's key is not at hand: no order can be given or ended.");
        var item = order.EndedAt is { } ended ? DynamoItems.EndedOrderKey(order.Id, ended) : DynamoItems.OrderKey(order.Id);
        item["id"] = new(order.Id);
        item["by"] = new(order.By);
        item["until"] = new(DynamoItems.Time(order.Until));
        item[Content] = new(JsonSerializer.Serialize(order, JournalJson.Default.StandingOrder));
        if (order.EndedAt is { } over)
        {
            item["expires"] = DynamoItems.Number((over + settings.Retention).ToUnixTimeSeconds());
        }

        seal.Set(item);
        List<TransactWriteItem> writes = [CountUp(seen.Version), new() { Put = new() { TableName = settings.Table, Item = item } }];
        if (order.EndedAt is not null)
        {
            writes.Add(new() { Delete = new() { TableName = settings.Table, Key = DynamoItems.OrderKey(order.Id) } });
        }

        try
        {
            await dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = writes }, ct);
            return true;
        }
        catch (TransactionCanceledException e)
            when (e.CancellationReasons.Any(r => r.Code is "ConditionalCheckFailed" or "TransactionConflict"))
        {
            return false;
        }
    }

    private TransactWriteItem CountUp(long seen) => new()
    {
        Update = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.OrdersKey,
            UpdateExpression = "SET #version = :next",
            ConditionExpression = seen == 0 ? "attribute_not_exists(pk)" : "#version = :seen",
            ExpressionAttributeNames = new() { ["#version"] = Count },
            ExpressionAttributeValues = seen == 0
                ? new() { [":next"] = DynamoItems.Number(1) }
                : new() { [":next"] = DynamoItems.Number(seen + 1), [":seen"] = DynamoItems.Number(seen) },
        },
    };

    private async Task<long> VersionAsync(CancellationToken ct)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest(settings.Table, DynamoItems.OrdersKey) { ConsistentRead = true }, ct);
        return answer.Item is { Count: > 0 } item ? long.Parse(item[Count].N, CultureInfo.InvariantCulture) : 0;
    }

    private async Task<OrderBook> ReadAsync(long version, string partition, bool newestFirst, CancellationToken ct)
    {
        var (orders, unbelieved) = (ImmutableArray.CreateBuilder<StandingOrder>(), ImmutableArray.CreateBuilder<string>());
        var seal = await journalKey.SealAsync(ct);
        var request = new QueryRequest(settings.Table)
        {
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new(partition) },
            ScanIndexForward = !newestFirst,
            ConsistentRead = true,
        };
        do
        {
            var page = await dynamo.QueryAsync(request, ct);
            foreach (var item in page.Items ?? [])
            {
                if (Believed(item, seal) is { } order)
                {
                    orders.Add(order);
                }
                else
                {
                    unbelieved.Add(item["sk"].S);
                }
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return new(version, orders.ToImmutable()) { Unbelieved = unbelieved.ToImmutable() };
    }

    private static StandingOrder? Believed(Dictionary<string, AttributeValue> item, ItemSeal? seal)
    {
        if (seal?.Holds(item) is false)
        {
            return null;
        }

        try
        {
            var order = item.TryGetValue(Content, out var text)
                ? JsonSerializer.Deserialize(text.S, JournalJson.Default.StandingOrder)
                : null;
            return order?.Id == item["sk"].S.Split('#')[^1] ? order : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
