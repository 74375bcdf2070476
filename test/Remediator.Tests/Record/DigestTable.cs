using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>
/// A table in memory that gives DynamoDB's responses to the aggregate: pages of at most a megabyte, and conditional puts.
/// </summary>
internal sealed class DigestTable
{
    private const int PageBytes = 1_048_576;

    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedDictionary<string, Dictionary<string, AttributeValue>>> partitions =
        new(StringComparer.Ordinal);

    public DigestTable()
    {
        var dynamo = new Mock<IAmazonDynamoDB>();
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), It.IsAny<CancellationToken>()))
            .Returns((QueryRequest request, CancellationToken _) => Task.FromResult(Query(request)));
        dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), It.IsAny<CancellationToken>()))
            .Returns((GetItemRequest request, CancellationToken _) => Task.FromResult(
                new GetItemResponse { Item = Find(request.Key["pk"].S, request.Key["sk"].S) }));
        dynamo.Setup(d => d.PutItemAsync(It.IsAny<PutItemRequest>(), It.IsAny<CancellationToken>()))
            .Returns((PutItemRequest request, CancellationToken _) => Put(request));
        Dynamo = dynamo.Object;
    }

    public IAmazonDynamoDB Dynamo { get; }

    public int Queries { get; private set; }

    public long BytesRead { get; private set; }

    public IEnumerable<Dictionary<string, AttributeValue>> Items => partitions.Values.SelectMany(p => p.Values);

    public void Put(Dictionary<string, AttributeValue> item)
    {
        if (!partitions.TryGetValue(item["pk"].S, out var partition))
        {
            partitions[item["pk"].S] = partition = new(StringComparer.Ordinal);
        }

        partition[item["sk"].S] = item;
    }

    public void Delete(Dictionary<string, AttributeValue> item) => partitions[item["pk"].S].Remove(item["sk"].S);

    /// <summary>The item that the transaction at an incident's end adds.</summary>
    public async Task EndAsync(DynamoDigests digests, IJournalKey key, Incident incident)
    {
        foreach (var write in digests.Writes(incident))
        {
            (await key.SealAsync(default))!.Set(write.Put.Item);
            Put(write.Put.Item);
        }
    }

    private static int SizeOf(Dictionary<string, AttributeValue> item) => item.Sum(a => a.Key.Length + (a.Value switch
    {
        { S: { } text } => Encoding.UTF8.GetByteCount(text),
        { B: { } bytes } => (int)bytes.Length,
        _ => 8,
    }));

    private QueryResponse Query(QueryRequest request)
    {
        lock (gate)
        {
            Queries++;
            var after = request.ExclusiveStartKey is { Count: > 0 } key ? key["sk"].S : null;
            var partition = partitions.GetValueOrDefault(request.ExpressionAttributeValues[":pk"].S);
            IEnumerable<Dictionary<string, AttributeValue>> items = partition is null ? [] : partition.Values;
            items = request.ScanIndexForward is true ? items : items.Reverse();
            var (page, bytes) = (new List<Dictionary<string, AttributeValue>>(), 0L);
            foreach (var item in items.SkipWhile(i => after is not null && i["sk"].S != after).Skip(after is null ? 0 : 1))
            {
                page.Add(item);
                bytes += SizeOf(item);
                if (bytes >= PageBytes || page.Count == (request.Limit ?? int.MaxValue))
                {
                    break;
                }
            }

            BytesRead += bytes;
            var isCut = bytes >= PageBytes || page.Count == (request.Limit ?? int.MaxValue);
            return new() { Items = page, LastEvaluatedKey = isCut ? new() { ["pk"] = page[^1]["pk"], ["sk"] = page[^1]["sk"] } : [] };
        }
    }

    private Dictionary<string, AttributeValue>? Find(string partition, string id)
    {
        lock (gate)
        {
            return partitions.GetValueOrDefault(partition)?.GetValueOrDefault(id);
        }
    }

    private Task<PutItemResponse> Put(PutItemRequest request)
    {
        lock (gate)
        {
            var there = Find(request.Item["pk"].S, request.Item["sk"].S);
            var holds = request.ConditionExpression switch
            {
                "attribute_not_exists(pk)" => there is null,
                "attribute_not_exists(mac)" => there?.ContainsKey("mac") is not true,
                _ => there is not null && there["mac"].B.ToArray().SequenceEqual(request.ExpressionAttributeValues[":mac"].B.ToArray()),
            };
            if (!holds)
            {
                throw new ConditionalCheckFailedException("The conditional request failed");
            }

            Put(request.Item);
            return Task.FromResult(new PutItemResponse());
        }
    }
}
