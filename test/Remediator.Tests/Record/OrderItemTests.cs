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
    public async Task Without_the_key_no_order_is_written_and_all_are_read()
    {
        var journal = new DynamoJournal(dynamo.Object, new("journal"), new NoKey(), new TestClock());
        var forged = Item("a");
        forged["by"] = new("mallory");
        Answers(version: 3, forged);

        var error = await Assert.ThrowsAsync<UnsealedItemException>(() => journal.WriteOrderAsync(Order(), OrderBook.Empty, default));

        Assert.Equal("The journal's key is not at hand: no order can be given or ended.", error.Message);
        Assert.Single((await journal.OrdersAsync(OrderBook.Empty, default)).Items);
    }

    [Fact]
    public async Task Order_that_ends_moves_to_those_that_are_over_and_expires()
    {
        TransactWriteItemsRequest? sent = null;
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default))
            .Callback((TransactWriteItemsRequest request, CancellationToken _) => sent = request)
            .ReturnsAsync(new TransactWriteItemsResponse());
        var ended = Order() with { EndedAt = Some.Time };

        Assert.True(await Journal().WriteOrderAsync(ended, new(7, []), default));

        var item = sent!.TransactItems[1].Put.Item;
        Assert.Equal(("orders#ended", $"{DynamoItems.Time(Some.Time)}#{ended.Id}"), (item["pk"].S, item["sk"].S));
        Assert.Equal(DynamoItems.Number(Some.Time.AddDays(400).ToUnixTimeSeconds()).N, item["expires"].N);
        Assert.Equal(("orders", ended.Id), (sent.TransactItems[2].Delete.Key["pk"].S, sent.TransactItems[2].Delete.Key["sk"].S));
        Assert.Equal(["journal", "journal", "journal"], (string[])
            [sent.TransactItems[0].Update.TableName, sent.TransactItems[1].Put.TableName, sent.TransactItems[2].Delete.TableName]);
    }

    /// <summary>An order that was given a moment ago counts: what is read may not lag behind what was written.</summary>
    [Fact]
    public async Task Orders_are_read_as_they_are_now_page_by_page_and_the_ended_ones_the_newest_first()
    {
        var asked = new List<(string Pk, bool? IsConsistent, bool? IsForward, string? After)>();
        dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), default)).ReturnsAsync(
            (GetItemRequest request, CancellationToken _) => new GetItemResponse
            {
                Item = request.ConsistentRead is true ? new() { ["version"] = DynamoItems.Number(3) } : null,
            });
        dynamo.Setup(d => d.QueryAsync(It.IsAny<QueryRequest>(), default)).ReturnsAsync((QueryRequest request, CancellationToken _) =>
        {
            var after = request.ExclusiveStartKey?.GetValueOrDefault("sk")?.S;
            asked.Add((request.ExpressionAttributeValues[":pk"].S, request.ConsistentRead, request.ScanIndexForward, after));
            return after is null
                ? new() { Items = [Item("a")], LastEvaluatedKey = new() { ["sk"] = new("next") } }
                : new() { Items = null, LastEvaluatedKey = [] };
        });

        var book = await Journal().OrdersAsync(OrderBook.Empty, default);
        var ended = await Journal().EndedOrdersAsync(default);

        Assert.Equal((3, 1, 0, 1), (book.Version, book.Items.Length, ended.Version, ended.Items.Length));
        Assert.Equal(
            [
                ("orders", true, true, null), ("orders", true, true, "next"),
                ("orders#ended", true, false, null), ("orders#ended", true, false, "next"),
            ],
            asked);
    }

    [Fact]
    public async Task Item_that_is_no_order_is_named()
    {
        var (broken, empty) = (Item("no JSON", "broken"), DynamoItems.OrderKey("empty"));
        var another = Item(JsonSerializer.Serialize(Order(), JournalJson.Default.StandingOrder), "another's");
        (await new FixedKey("journal").SealAsync(default))!.Set(empty);
        Answers(version: 3, broken, empty, another, Item("a"));

        var book = await Journal().OrdersAsync(OrderBook.Empty, default);

        Assert.Equal(["broken", "empty", "another's"], book.Unbelieved.AsEnumerable());
        Assert.Single(book.Items);
    }

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

    [Theory]
    [InlineData("ConditionalCheckFailed", true)]
    [InlineData("TransactionConflict", true)]
    [InlineData("ValidationError", false)]
    public async Task Write_that_meets_another_is_refused_not_repeated(string code, bool meets)
    {
        dynamo.Setup(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default))
            .ThrowsAsync(new TransactionCanceledException("") { CancellationReasons = [new() { Code = "None" }, new() { Code = code }] });

        var error = await Xunit.Record.ExceptionAsync(
            async () => Assert.False(await Journal().WriteOrderAsync(Order(), OrderBook.Empty, default)));

        Assert.Equal(meets, error is null);
        dynamo.Verify(d => d.TransactWriteItemsAsync(It.IsAny<TransactWriteItemsRequest>(), default), Times.Once);
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
