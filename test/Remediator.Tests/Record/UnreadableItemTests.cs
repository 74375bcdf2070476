using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

public sealed class UnreadableItemTests
{
    [Fact]
    public async Task Items_that_cannot_be_read_come_after_all_others_and_each_is_named()
    {
        var good = DynamoItems.Current(Some.Incident(), TimeSpan.FromDays(1));
        var without = DynamoItems.Current(Some.Incident(Some.Bucket("without-detail")), TimeSpan.FromDays(1));
        without.Remove("detail");
        Dictionary<string, AttributeValue> bare = new() { ["pk"] = new("incident#somebody-else's"), ["sk"] = new("current") };
        var garbled = DynamoItems.Current(Some.Incident(Some.Bucket("garbled")), TimeSpan.FromDays(1));
        garbled["detail"] = new() { B = new MemoryStream([1, 2, 3]) };
        var journal = Journal(without, bare, garbled, good);
        var read = new List<Incident>();

        var unreadable = await Assert.ThrowsAsync<UnreadableIncidentException>(async () =>
        {
            await foreach (var incident in journal.OpenAsync(CancellationToken.None))
            {
                read.Add(incident);
            }
        });

        Assert.Equal(Some.Incident().Id, Assert.Single(read).Id);
        Assert.Contains("it has no detail.", unreadable.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            $"What the journal holds of {string.Join(", ", unreadable.Incidents)} cannot be read: ", unreadable.Message,
            StringComparison.Ordinal);
        Assert.Equivalent((string[])[without["id"].S, "incident#somebody-else's", garbled["id"].S], unreadable.Incidents, strict: true);
    }

    /// <summary>A page without a next one says so with no key, or with an empty one.</summary>
    [Fact]
    public async Task Pages_of_the_table_and_of_the_index_are_read_to_the_last()
    {
        var (one, other) = (Some.Incident(), Some.Incident(Some.Bucket("b")));
        var dynamo = new Mock<IAmazonDynamoDB>();
        dynamo.Setup(d => d.ScanAsync(It.IsAny<ScanRequest>(), default)).ReturnsAsync((ScanRequest request, CancellationToken _) =>
            request.ExclusiveStartKey is null ? new() { Items = [Item(one)], LastEvaluatedKey = new() { ["pk"] = new("a") } }
            : request.ExclusiveStartKey["pk"].S is "a" ? new() { Items = null, LastEvaluatedKey = new() { ["pk"] = new("b") } }
            : new() { Items = [Item(other)], LastEvaluatedKey = [] });
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), default)).ReturnsAsync((QueryRequest request, CancellationToken _) =>
            request.ExpressionAttributeValues[":open"].S is not "open" ? new()
            : request.ExclusiveStartKey is null ? new() { Items = [Item(one)], LastEvaluatedKey = new() { ["pk"] = new("a") } }
            : new() { Items = [Item(other)], LastEvaluatedKey = [] });
        var journal = new DynamoJournal(dynamo.Object, new("journal"), new NoKey(), new TestClock());

        Assert.Equal([one.Id, other.Id], await IdsAsync(journal.ClosedAsync(default, default)));
        Assert.Equal([one.Id, other.Id], await IdsAsync(journal.OpenAsync(default)));

        static Dictionary<string, AttributeValue> Item(Incident incident) => DynamoItems.Current(incident, default);
        static async Task<List<string>> IdsAsync(IAsyncEnumerable<Incident> incidents) => await incidents.Select(i => i.Id).ToListAsync();
    }

    /// <summary>The index's entries for these; an item without a partition is in the first.</summary>
    internal static QueryResponse InPartition(QueryRequest request, IEnumerable<Dictionary<string, AttributeValue>> items)
    {
        var partition = request.ExpressionAttributeValues[":open"].S;
        return new() { Items = [.. items.Where(i => partition == (i.GetValueOrDefault("open")?.S ?? DynamoItems.Partitions[0]))] };
    }

    internal static DynamoJournal Journal(params Dictionary<string, AttributeValue>[] items)
    {
        var dynamo = new Mock<IAmazonDynamoDB>();
        dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(new GetItemResponse());
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((QueryRequest request, CancellationToken _) => InPartition(request, items));
        return new(dynamo.Object, new("journal"), new NoKey(), new TestClock());
    }
}
