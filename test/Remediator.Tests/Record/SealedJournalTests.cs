using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

/// <summary>The journal uses no item before its seal is verified, and writes none without a seal.</summary>
public sealed class SealedJournalTests
{
    private readonly TestClock clock = new();
    private readonly Mock<IAmazonDynamoDB> dynamo = new();

    [Fact]
    public async Task Forged_items_are_named_and_the_others_are_read()
    {
        var (good, forged, unsealed) = (Item("a"), Item("b"), Item("c"));
        forged["detail"] = Item("other")["detail"];
        unsealed.Remove(ItemSeal.Attribute);
        Answers(forged, unsealed, good);
        var read = new List<string>();

        var fault = await Assert.ThrowsAsync<UnreadableIncidentException>(() => ReadAsync(Journal(), read));

        Assert.Equal([good["id"].S], read);
        Assert.Equivalent((string[])[forged["id"].S, unsealed["id"].S], fault.Incidents, strict: true);
        Assert.Contains("Somebody changed it", fault.Message, StringComparison.Ordinal);
        Assert.Contains("It has no seal", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_item_is_not_found_for_actions()
    {
        var forged = Item("a");
        forged["state"] = new("Fixed");
        dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), default)).ReturnsAsync(new GetItemResponse { Item = forged });

        await Assert.ThrowsAsync<UnreadableIncidentException>(() => Journal().FindOpenAsync("key", default));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public async Task Items_without_seals_are_read_until_the_day_in_the_settings(int days, bool areRead)
    {
        var (unsealed, forged) = (Item("a"), Item("b"));
        unsealed.Remove(ItemSeal.Attribute);
        forged[ItemSeal.Attribute] = new() { B = new MemoryStream(new byte[32]) };
        Answers(unsealed, forged);
        var read = new List<string>();

        var fault = await Assert.ThrowsAsync<UnreadableIncidentException>(
            () => ReadAsync(Journal(new("journal") { UnsealedUntil = clock.GetUtcNow().AddDays(days) }), read));

        Assert.Equal(areRead ? [unsealed["id"].S] : [], read);
        Assert.Contains(forged["id"].S, fault.Incidents);
    }

    [Fact]
    public async Task Without_the_key_a_person_reads_and_nothing_is_written()
    {
        var forged = Item("a");
        forged["state"] = new("Fixed");
        Answers(forged);
        var read = new List<string>();
        var journal = new DynamoJournal(dynamo.Object, new("journal"), new NoKey(), clock);

        await ReadAsync(journal, read);
        var error = await Assert.ThrowsAsync<UnsealedItemException>(() => journal.ClaimAsync(Some.Incident(), default));
        Assert.Equal(
            "The journal's key is not at hand (REMEDIATOR_JOURNAL_KEY, and leave to kms:GenerateMac): nothing can be written, so nothing "
            + "is changed.",
            error.Message);

        Assert.Equal([forged["id"].S], read);
        dynamo.Verify(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default), Times.Never);
    }

    [Fact]
    public async Task Incidents_are_written_sealed()
    {
        TransactWriteItemsRequest? sent = null;
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default))
            .Callback((TransactWriteItemsRequest request, CancellationToken _) => sent = request)
            .ReturnsAsync(new TransactWriteItemsResponse());

        await Journal().ClaimAsync(Some.Incident(), default);

        var seal = await new FixedKey("journal").SealAsync(default);
        var incident = Assert.Single(sent!.TransactItems, i => i.Put?.Item.ContainsKey("detail") is true);
        Assert.True(seal!.Holds(incident.Put.Item));
    }

    private DynamoJournal Journal(JournalSettings? settings = null) =>
        new(dynamo.Object, settings ?? new("journal"), new FixedKey("journal"), clock);

    private void Answers(params Dictionary<string, AttributeValue>[] items) =>
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), default))
            .ReturnsAsync((QueryRequest request, CancellationToken _) => UnreadableItemTests.InPartition(request, items));

    private static async Task ReadAsync(DynamoJournal journal, List<string> read)
    {
        await foreach (var incident in journal.OpenAsync(default))
        {
            read.Add(incident.Id);
        }
    }

    private static Dictionary<string, AttributeValue> Item(string bucket)
    {
        var item = DynamoItems.Current(Some.Incident(Some.Bucket(bucket)), TimeSpan.FromDays(400));
        new FixedKey("journal").SealAsync(default).AsTask().Result!.Set(item);
        return item;
    }
}
