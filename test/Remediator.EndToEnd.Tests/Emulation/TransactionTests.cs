using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Remediator.Emulator;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>The journal relies on transactions, so the emulator's must work as AWS's.</summary>
public sealed class TransactionTests
{
    private const string Table = "table";
    private const int Each = 40;

    [Fact]
    public async Task A_refused_transaction_leaves_nothing_behind_and_takes_nothing_from_others()
    {
        await using var emulator = await MotoEmulator.StartAsync(CancellationToken.None);
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("testing", "testing"),
            new AmazonDynamoDBConfig { ServiceURL = emulator.Url.AbsoluteUri, AuthenticationRegion = TemplateDeployer.Region });
        await dynamo.CreateTableAsync(new CreateTableRequest(Table, [new("pk", KeyType.HASH)])
        {
            AttributeDefinitions = [new("pk", ScalarAttributeType.S)],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        });
        await dynamo.PutItemAsync(Table, Item("there"));

        var refused = await Task.WhenAll(Enumerable.Range(0, Each * 2).Select(i => IsRefusedAsync(dynamo, i % 2 == 0
            ? [AddOne("good"), Put($"good{i}")]
            : [AddOne("bad"), Put($"bad{i}"), Put("there")])));

        Assert.Equal(Each, refused.Count(isRefused => isRefused));
        var items = (await dynamo.ScanAsync(new ScanRequest(Table))).Items;
        Assert.Equal(Each + 2, items.Count);
        Assert.Equal($"{Each}", items.Single(item => item["pk"].S is "good")["n"].N);
        Assert.DoesNotContain(items, item => item["pk"].S.StartsWith("bad", StringComparison.Ordinal));
    }

    private static async Task<bool> IsRefusedAsync(AmazonDynamoDBClient dynamo, List<TransactWriteItem> items)
    {
        try
        {
            await dynamo.TransactWriteItemsAsync(new() { TransactItems = items });
            return false;
        }
        catch (TransactionCanceledException)
        {
            return true;
        }
    }

    private static TransactWriteItem Put(string key) =>
        new() { Put = new() { TableName = Table, Item = Item(key), ConditionExpression = "attribute_not_exists(pk)" } };

    private static TransactWriteItem AddOne(string key) => new()
    {
        Update = new()
        {
            TableName = Table,
            Key = Item(key),
            UpdateExpression = "ADD n :one",
            ExpressionAttributeValues = new() { [":one"] = new() { N = "1" } },
        },
    };

    private static Dictionary<string, AttributeValue> Item(string key) => new() { ["pk"] = new(key) };
}
