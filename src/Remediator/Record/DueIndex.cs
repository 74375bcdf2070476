using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Remediator.Record;

/// <summary>The journal's index of what is open: the urgent before the rest, the longest due first.</summary>
internal static class DueIndex
{
    public static async IAsyncEnumerable<Dictionary<string, AttributeValue>> MergedAsync(
        IAmazonDynamoDB dynamo, string table, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var partitions = DynamoItems.Partitions
            .Select(p => (Name: p, Items: PartitionAsync(dynamo, table, p, until, ct).GetAsyncEnumerator(ct)))
            .ToList();
        try
        {
            // One after the other these would be many waits for little.
            var next = new PriorityQueue<int, (bool, string)>();
            var firsts = await Task.WhenAll(partitions.Select(async p => await p.Items.MoveNextAsync()));
            foreach (var n in Enumerable.Range(0, partitions.Count).Where(n => firsts[n]))
            {
                next.Enqueue(n, Order(partitions[n]));
            }

            while (next.TryDequeue(out var first, out _))
            {
                yield return partitions[first].Items.Current;
                if (await partitions[first].Items.MoveNextAsync())
                {
                    next.Enqueue(first, Order(partitions[first]));
                }
            }
        }
        finally
        {
            foreach (var (_, items) in partitions)
            {
                await items.DisposeAsync();
            }
        }
    }

    private static (bool IsNotUrgent, string Due) Order(
        (string Name, IAsyncEnumerator<Dictionary<string, AttributeValue>> Items) partition) =>
        (!DynamoItems.IsUrgent(partition.Name), partition.Items.Current.GetValueOrDefault("due")?.S ?? "");

    private static async IAsyncEnumerable<Dictionary<string, AttributeValue>> PartitionAsync(
        IAmazonDynamoDB dynamo, string table, string partition, DateTimeOffset until, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new QueryRequest(table)
        {
            IndexName = "due",
            KeyConditionExpression = "#open = :open AND #due <= :until",
            ExpressionAttributeNames = new() { ["#open"] = "open", ["#due"] = "due" },
            ExpressionAttributeValues = new() { [":open"] = new(partition), [":until"] = new(DynamoItems.Time(until)) },
        };
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
}
