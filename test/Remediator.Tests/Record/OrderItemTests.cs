using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

/// <summary>Orders as items of the journal: sealed, read where something was said since, kept whole by an earlier version.</summary>
public sealed class OrderItemTests
{
    private readonly Mock<IAmazonDynamoDB> dynamo = new();

    [Fact]
    public async Task Order_is_written_sealed_and_under_the_count_that_was_read()
    {
        TransactWriteItemsRequest? sent = null;
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default))
            .Callback((TransactWriteItemsRequest request, CancellationToken _) => sent = request)
            .ReturnsAsync(new TransactWriteItemsResponse());

        Assert.True(await Journal().WriteOrderAsync(Order(), new(7, []), default));

        var seal = (await new FixedKey("journal").SealAsync(default))!;
        var item = Assert.Single(sent!.TransactItems, i => i.Put is not null).Put.Item;
        Assert.True(seal.Holds(item));
        Assert.Equal(
            (Order().Id, Order().By, DynamoItems.Time(Order().Until)), (item["id"].S, item["by"].S, item["until"].S));
        var count = Assert.Single(sent.TransactItems, i => i.Update is not null).Update;
        Assert.Equal(("7", "8"), (count.ExpressionAttributeValues[":seen"].N, count.ExpressionAttributeValues[":next"].N));
    }

    [Fact]
    public async Task Without_the_key_no_order_is_written() =>
        await Assert.ThrowsAsync<UnsealedItemException>(() =>
            new DynamoJournal(dynamo.Object, new("journal"), new NoKey(), new TestClock())
                .WriteOrderAsync(Order(), OrderBook.Empty, default));

    [Fact]
    public async Task Forged_changed_and_moved_items_count_for_nothing_and_are_named()
    {
        var (good, forged, unsealed, moved) = (Item("a"), Item("b"), Item("c"), Item("d"));
        forged["order"] = Item("other")["order"];
        unsealed.Remove(ItemSeal.Attribute);
        moved["sk"] = new("exempt-moved");
        Answers(version: 3, good, forged, unsealed, moved);

        var book = await Journal().OrdersAsync(OrderBook.Empty, default);

        Assert.Equal(good["sk"].S, Assert.Single(book.Items).Id);
        Assert.Equivalent((string[])[forged["sk"].S, unsealed["sk"].S, "exempt-moved"], book.Unbelieved, strict: true);
    }

    [Fact]
    public async Task Where_nothing_was_said_since_one_small_item_is_read_however_many_there_are()
    {
        Answers(version: 3, [.. Enumerable.Range(0, 400).Select(n => Item($"bucket-{n}"))]);
        var book = await Journal().OrdersAsync(OrderBook.Empty, default);
        Assert.Equal(400, book.Items.Length);

        Assert.Same(book, await Journal().OrdersAsync(book, default));

        dynamo.Verify(d => d.QueryAsync(It.IsAny<QueryRequest>(), default), Times.Once);
        dynamo.Verify(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), default), Times.Exactly(2));
    }

    [Fact]
    public async Task Order_of_a_later_version_is_kept_whole_and_keeps_from_changes_as_a_hold_does()
    {
        var later = JsonNode.Parse(JsonSerializer.Serialize(Order(), JournalJson.Default.StandingOrder))!;
        (later["Kind"], later["Colour"], later["Match"]!["Mood"]) = ("Slow", "red", "calm");
        Answers(version: 1, Item(later.ToJsonString(), Order().Id));

        var order = Assert.Single((await Journal().OrdersAsync(OrderBook.Empty, default)).Items);

        var subject = new Subject(Some.Bucket("a"), "some-rule", "");
        Assert.Equal(order, Orders.About(new(1, [order]), subject, Some.Time));
        Assert.True(order.IsHold);
        Assert.Contains("left alone (Slow", order.Says, StringComparison.Ordinal);
        var kept = JsonNode.Parse(JsonSerializer.Serialize(order, JournalJson.Default.StandingOrder))!;
        Assert.True(JsonNode.DeepEquals(later, kept), kept.ToJsonString());
    }

    [Fact]
    public async Task Write_that_meets_another_is_refused_not_repeated()
    {
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default))
            .ThrowsAsync(new TransactionCanceledException("") { CancellationReasons = [new() { Code = "ConditionalCheckFailed" }] });

        Assert.False(await Journal().WriteOrderAsync(Order(), OrderBook.Empty, default));
    }

    private DynamoJournal Journal() => new(dynamo.Object, new("journal"), new FixedKey("journal"), new TestClock());

    private void Answers(int version, params Dictionary<string, AttributeValue>[] items)
    {
        dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), default))
            .ReturnsAsync(new GetItemResponse { Item = new() { ["version"] = DynamoItems.Number(version) } });
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), default)).ReturnsAsync(new QueryResponse { Items = [.. items] });
    }

    private static Dictionary<string, AttributeValue> Item(string resource) => Item(
        JsonSerializer.Serialize(Order(resource), JournalJson.Default.StandingOrder), Order(resource).Id);

    private static Dictionary<string, AttributeValue> Item(string order, string id)
    {
        var item = DynamoItems.OrderKey(id);
        item["order"] = new(order);
        new FixedKey("journal").SealAsync(default).AsTask().Result!.Set(item);
        return item;
    }

    private static StandingOrder Order(string resource = "a")
    {
        var match = new OrderMatch { Resource = resource };
        return new StandingOrder
        {
            Id = StandingOrder.IdOf(OrderKind.Exempt, match),
            Kind = OrderKind.Exempt,
            Match = match,
            By = "alice",
            Why = "on purpose",
            At = Some.Time,
            Until = Some.Time.AddDays(30),
        }.Noted("exempt, claimed by alice: on purpose", Some.Time);
    }
}
