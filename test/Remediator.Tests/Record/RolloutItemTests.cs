using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Moq;
using Remediator.Incidents;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Record;

namespace Remediator.Tests.Record;

/// <summary>How far the rising rollouts are is one item: sealed, written over no other's, and believed only where its seal holds.</summary>
public sealed class RolloutItemTests
{
    private readonly Mock<IAmazonDynamoDB> dynamo = new();

    [Theory]
    [InlineData(0, "attribute_not_exists(pk)", "1")]
    [InlineData(7, "#version = :seen", "8")]
    public async Task Rollouts_are_written_sealed_over_what_was_read_and_nothing_else(long seen, string condition, string version)
    {
        PutItemRequest? sent = null;
        dynamo.Setup(d => d.PutItemAsync(It.IsAny<PutItemRequest>(), default))
            .Callback((PutItemRequest request, CancellationToken _) => sent = request)
            .ReturnsAsync(new PutItemResponse());

        Assert.True(await Rollouts().WriteAsync([State], new(seen, []), default));

        Assert.Equal(("journal", condition, version), (sent!.TableName, sent.ConditionExpression, sent.Item["version"].N));
        Assert.True((await new FixedKey("journal").SealAsync(default))!.Holds(sent.Item));
        Assert.Equal(seen == 0 ? null : "version", sent.ExpressionAttributeNames?.GetValueOrDefault("#version"));
        Assert.Equal(seen == 0 ? null : $"{seen}", sent.ExpressionAttributeValues?.GetValueOrDefault(":seen")?.N);
    }

    [Fact]
    public async Task Write_over_anothers_is_refused()
    {
        dynamo.Setup(d => d.PutItemAsync(It.IsAny<PutItemRequest>(), default)).ThrowsAsync(new ConditionalCheckFailedException(""));

        Assert.False(await Rollouts().WriteAsync([State], RolloutBook.Empty, default));
    }

    [Fact]
    public async Task Without_the_key_no_rollout_is_written_and_what_is_there_is_read()
    {
        var without = new DynamoRollouts(dynamo.Object, new("journal"), new NoKey());
        var item = Item();
        item[ItemSeal.Attribute] = new() { B = new MemoryStream([1]) };
        Answers(item);

        var error = await Assert.ThrowsAsync<UnsealedItemException>(() => without.WriteAsync([State], RolloutBook.Empty, default));

        Assert.Equal("The journal's key is not at hand: no rollout can go on.", error.Message);
        Assert.Equal(3, (await without.ReadAsync(default)).Version);
    }

    [Fact]
    public async Task Rollouts_are_read_as_they_are_now()
    {
        Answers(Item());
        var book = await Rollouts().ReadAsync(default);
        Assert.Equal((3, "a-rollout", null), (book.Version, Assert.Single(book.Items).Id, book.Unbelieved));

        Answers([]);
        Assert.Same(RolloutBook.Empty, await Rollouts().ReadAsync(default));
        Answers(null);
        Assert.Same(RolloutBook.Empty, await Rollouts().ReadAsync(default));
    }

    /// <summary>One that counted as none would begin anew, with its first share.</summary>
    [Theory]
    [InlineData("forged", "somebody else wrote or changed it: its seal does not hold")]
    [InlineData("no JSON", "it cannot be read: 'not' is an invalid JSON literal")]
    [InlineData("no content", "it cannot be read: The given key 'rollouts' was not present in the dictionary.")]
    [InlineData("no version", "it cannot be read: The given key 'version' was not present in the dictionary.")]
    [InlineData("no number", "it cannot be read: The input string 'x' was not in a correct format.")]
    [InlineData("text", "it cannot be read: Value cannot be null.")]
    public async Task What_cannot_be_believed_is_no_rollout_that_never_began(string what, string why)
    {
        var item = Item(isSealed: false);
        switch (what)
        {
            case "no JSON":
                item["rollouts"] = new("not");
                break;
            case "no content":
                item.Remove("rollouts");
                break;
            case "no version":
                item.Remove("version");
                break;
            case "no number":
                item["version"] = new() { N = "x" };
                break;
            case "text":
                item["version"] = new("3");
                break;
            default:
                break;
        }

        Seal(item);
        if (what is "forged")
        {
            item["version"] = DynamoItems.Number(4);
        }

        Answers(item);

        var book = await Rollouts().ReadAsync(default);

        Assert.Equal((0, 0), (book.Version, book.Items.Length));
        Assert.StartsWith(why, book.Unbelieved, StringComparison.Ordinal);
    }

    private static RolloutState State => new()
    {
        Id = "a-rollout",
        About = "s3",
        BegunAt = Some.Time,
        Share = 10,
        From = 0,
        Since = Some.Time,
    };

    private DynamoRollouts Rollouts() => new(dynamo.Object, new("journal"), new FixedKey("journal"));

    private void Answers(Dictionary<string, AttributeValue>? item) => dynamo.Setup(d => d.GetItemAsync(It.IsAny<GetItemRequest>(), default))
        .ReturnsAsync((GetItemRequest request, CancellationToken _) => new GetItemResponse
        {
            Item = request is { TableName: "journal", ConsistentRead: true } && request.Key["pk"].S == "control#rollouts" ? item : null,
        });

    private static Dictionary<string, AttributeValue> Item(bool isSealed = true)
    {
        var item = DynamoItems.RolloutsKey;
        item["version"] = DynamoItems.Number(3);
        item["rollouts"] = new(System.Text.Json.JsonSerializer.Serialize([State], JournalJson.Default.ImmutableArrayRolloutState));
        return isSealed ? Seal(item) : item;
    }

    private static Dictionary<string, AttributeValue> Seal(Dictionary<string, AttributeValue> item)
    {
        new FixedKey("journal").SealAsync(default).AsTask().Result!.Set(item);
        return item;
    }
}
