using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>How far the rising rollouts are, on DynamoDB: one item with a seal, so that an event reads it and nothing else.</summary>
internal sealed class DynamoRollouts(IAmazonDynamoDB dynamo, JournalSettings settings, IJournalKey journalKey)
{
    private const string Content = "rollouts";
    private const string Count = "version";

    public async Task<RolloutBook> ReadAsync(CancellationToken ct)
    {
        var answer = await dynamo.GetItemAsync(
            new GetItemRequest(settings.Table, DynamoItems.RolloutsKey) { ConsistentRead = true }, ct);
        return answer.Item is { Count: > 0 } item ? Read(item, await journalKey.SealAsync(ct)) : RolloutBook.Empty;
    }

    public async Task<bool> WriteAsync(ImmutableArray<RolloutState> rollouts, RolloutBook seen, CancellationToken ct)
    {
        var seal = await journalKey.SealAsync(ct)
            ?? throw new UnsealedItemException("The journal's key is not at hand: no rollout can go on.");
        var item = DynamoItems.RolloutsKey;
        item[Count] = DynamoItems.Number(seen.Version + 1);
        item[Content] = new(JsonSerializer.Serialize(rollouts, JournalJson.Default.ImmutableArrayRolloutState));
        seal.Set(item);
        try
        {
            await dynamo.PutItemAsync(
                new PutItemRequest(settings.Table, item)
                {
                    ConditionExpression = seen.Version == 0 ? "attribute_not_exists(pk)" : "#version = :seen",
                    ExpressionAttributeNames = seen.Version == 0 ? null : new() { ["#version"] = Count },
                    ExpressionAttributeValues = seen.Version == 0 ? null : new() { [":seen"] = DynamoItems.Number(seen.Version) },
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>What cannot be believed is no rollout that never began: that one would have its first share.</summary>
    private static RolloutBook Read(Dictionary<string, AttributeValue> item, ItemSeal? seal)
    {
        if (seal?.Holds(item) is false)
        {
            return RolloutBook.Empty with { Unbelieved = "somebody else wrote or changed it: its seal does not hold" };
        }

        try
        {
            return new(
                long.Parse(item[Count].N, CultureInfo.InvariantCulture),
                JsonSerializer.Deserialize(item[Content].S, JournalJson.Default.ImmutableArrayRolloutState));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or ArgumentNullException)
        {
            return RolloutBook.Empty with { Unbelieved = $"it cannot be read: {e.Message}" };
        }
    }
}
