using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Remediator.Testing.Record.Dynamo;

/// <summary>One write of a transaction, or one by itself.</summary>
internal sealed class ItemWrite(TransactWriteItem write)
{
    private readonly (string? Condition, Placeholders Placeholders, bool ShowsItem) check = write switch
    {
        { Put: { } put } => Check(
            put.ConditionExpression, put.ExpressionAttributeNames, put.ExpressionAttributeValues, put.ReturnValuesOnConditionCheckFailure),
        { Update: { } update } => Check(
            update.ConditionExpression, update.ExpressionAttributeNames, update.ExpressionAttributeValues,
            update.ReturnValuesOnConditionCheckFailure),
        { Delete: { } delete } => Check(
            delete.ConditionExpression, delete.ExpressionAttributeNames, delete.ExpressionAttributeValues,
            delete.ReturnValuesOnConditionCheckFailure),
        { ConditionCheck: { } only } => Check(
            only.ConditionExpression, only.ExpressionAttributeNames, only.ExpressionAttributeValues,
            only.ReturnValuesOnConditionCheckFailure),
        _ => throw ItemCondition.Invalid("a write that is none"),
    };

    public ItemKey Key { get; } = ItemKey.Of(write.Put?.Item ?? write.Update?.Key ?? write.Delete?.Key ?? write.ConditionCheck.Key);

    public bool IsDelete => write.Delete is not null;

    public CancellationReason WhyNot(Dictionary<string, AttributeValue>? there)
    {
        if (!ItemCondition.Holds(check.Condition, check.Placeholders, there))
        {
            return new()
            {
                Code = "ConditionalCheckFailed",
                Message = "The conditional request failed",
                Item = check.ShowsItem ? there : null,
            };
        }

        var next = Next(there);
        check.Placeholders.AssertUsed();
        return next is not null && StoredItems.WhyNot(next) is { } why
            ? new() { Code = "ValidationError", Message = why }
            : new() { Code = "None" };
    }

    /// <summary>The item as it is then; null where nothing is written.</summary>
    public Dictionary<string, AttributeValue>? Next(Dictionary<string, AttributeValue>? there) => write switch
    {
        { Put: { } put } => put.Item,
        { Update: { } update } => ItemUpdate.Apply(update.UpdateExpression, check.Placeholders, update.Key, there),
        _ => null,
    };

    private static (string?, Placeholders, bool) Check(
        string? condition,
        Dictionary<string, string>? names,
        Dictionary<string, AttributeValue>? values,
        ReturnValuesOnConditionCheckFailure? shown) =>
        (condition, new(names, values), shown == ReturnValuesOnConditionCheckFailure.ALL_OLD);
}
