using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>The journal's writes, each with the condition under which it may happen.</summary>
internal sealed class DynamoWrites(JournalSettings settings, TimeProvider clock)
{
    private const string FreeLease = "attribute_not_exists(pk) OR #until < :now";
    private const string HeldLease = "#token = :token";
    private const string SameIncident = "#version = :version AND #id = :id";

    public TransactWriteItem TakeLease(Incident incident, Lease lease) => new()
    {
        Put = new()
        {
            TableName = settings.Table,
            Item = DynamoItems.LeaseItem(incident, lease),
            ConditionExpression = FreeLease,
            ExpressionAttributeNames = new() { ["#until"] = "until" },
            ExpressionAttributeValues = new() { [":now"] = new(DynamoItems.Time(clock.GetUtcNow())) },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    public TransactWriteItem OpenCurrent(Incident opening, Incident? after)
    {
        var put = after is null
            ? new Put { ConditionExpression = "attribute_not_exists(pk)" }
            : new Put
            {
                ConditionExpression = SameIncident,
                ExpressionAttributeNames = VersionNames,
                ExpressionAttributeValues = VersionValues(after),
            };
        put.TableName = settings.Table;
        put.Item = DynamoItems.Current(opening, settings.Retention);
        put.ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        return new() { Put = put };
    }

    /// <summary>An id that another incident has is not taken from it: whoever names it means that one.</summary>
    public TransactWriteItem PutId(Incident opening) => new()
    {
        Put = new()
        {
            TableName = settings.Table,
            Item = DynamoItems.IdOnly(opening),
            ConditionExpression = "attribute_not_exists(pk) OR #key = :key",
            ExpressionAttributeNames = new() { ["#key"] = "incidentKey" },
            ExpressionAttributeValues = new() { [":key"] = new(opening.Key) },
        },
    };

    public TransactWriteItem SameVersion(Incident found) => new()
    {
        ConditionCheck = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.CurrentKey(found.Key),
            ConditionExpression = SameIncident,
            ExpressionAttributeNames = VersionNames,
            ExpressionAttributeValues = VersionValues(found),
        },
    };

    public TransactWriteItem PutCurrent(Incident next, int version) => new()
    {
        Put = new()
        {
            TableName = settings.Table,
            Item = DynamoItems.Current(next, settings.Retention),
            ConditionExpression = SameIncident,
            ExpressionAttributeNames = VersionNames,
            ExpressionAttributeValues = VersionValues(next with { Version = version }),
        },
    };

    public TransactWriteItem HoldLease(Incident incident, Lease lease) => new()
    {
        ConditionCheck = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.LeaseKey(incident.Resource),
            ConditionExpression = HeldLease,
            ExpressionAttributeNames = new() { ["#token"] = "token" },
            ExpressionAttributeValues = new() { [":token"] = new(lease.Token) },
        },
    };

    public TransactWriteItem GiveLeaseBack(Incident incident, Lease lease) => new()
    {
        Delete = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.LeaseKey(incident.Resource),
            ConditionExpression = HeldLease,
            ExpressionAttributeNames = new() { ["#token"] = "token" },
            ExpressionAttributeValues = new() { [":token"] = new(lease.Token) },
        },
    };

    public TransactWriteItem Archive(Incident closed) =>
        new() { Put = new() { TableName = settings.Table, Item = DynamoItems.Archived(closed, settings.Retention) } };

    public TransactWriteItem Check(BeginCheck check) => check switch
    {
        { Breaker: null } => NotStopped(),
        { IsHalfOpen: true, Breaker: var breaker } => CountTrial(breaker),
        { Breaker: var breaker } => Closed(breaker),
    };

    public UpdateItemRequest Add(Budget budget, int by)
    {
        var request = new UpdateItemRequest
        {
            TableName = settings.Table,
            Key = DynamoItems.BudgetKey(budget),
            UpdateExpression = "SET #expires = :expires ADD #n :by",
            ExpressionAttributeNames = new() { ["#n"] = "n", ["#expires"] = "expires" },
            ExpressionAttributeValues = new() { [":by"] = DynamoItems.Number(by), [":expires"] = Expires(budget) },
            ReturnValues = ReturnValue.ALL_NEW,
        };
        if (budget.Trials is { } trials)
        {
            request.UpdateExpression = "SET #expires = :expires, #trials = :trials, #begun = :none ADD #n :by";
            request.ExpressionAttributeNames["#trials"] = "trials";
            request.ExpressionAttributeNames["#begun"] = "begun";
            request.ExpressionAttributeValues[":trials"] = DynamoItems.Number(trials);
            request.ExpressionAttributeValues[":none"] = DynamoItems.Number(0);
        }

        return request;
    }

    private TransactWriteItem NotStopped() => new()
    {
        ConditionCheck = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.StopKey,
            ConditionExpression = "attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem Closed(Budget breaker) => new()
    {
        ConditionCheck = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.BudgetKey(breaker),
            ConditionExpression = "(attribute_not_exists(#n) OR #n < :limit) AND (attribute_not_exists(#trials) OR #trials = :any)",
            ExpressionAttributeNames = new() { ["#n"] = "n", ["#trials"] = "trials" },
            ExpressionAttributeValues = new()
            {
                [":limit"] = DynamoItems.Number(breaker.Limit),
                [":any"] = DynamoItems.Number(int.MaxValue),
            },
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        },
    };

    private TransactWriteItem CountTrial(Budget budget) => new()
    {
        Update = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.BudgetKey(budget),
            UpdateExpression = "SET #expires = :expires ADD #begun :one",
            ConditionExpression = "(attribute_not_exists(#n) OR #n < :limit) AND (attribute_not_exists(#trials) OR #begun < #trials)",
            ExpressionAttributeNames = new() { ["#n"] = "n", ["#trials"] = "trials", ["#begun"] = "begun", ["#expires"] = "expires" },
            ExpressionAttributeValues = new()
            {
                [":one"] = DynamoItems.Number(1),
                [":limit"] = DynamoItems.Number(budget.Limit),
                [":expires"] = Expires(budget),
            },
        },
    };

    public TransactWriteItem AddOne(Budget budget) => new()
    {
        Update = new()
        {
            TableName = settings.Table,
            Key = DynamoItems.BudgetKey(budget),
            UpdateExpression = "SET #expires = :expires ADD #n :one",
            ConditionExpression = budget.Limit > 0 ? "attribute_not_exists(#n) OR #n < :limit" : "#n < :limit",
            ExpressionAttributeNames = new() { ["#n"] = "n", ["#expires"] = "expires" },
            ExpressionAttributeValues = new()
            {
                [":one"] = DynamoItems.Number(1),
                [":limit"] = DynamoItems.Number(budget.Limit),
                [":expires"] = Expires(budget),
            },
        },
    };

    private static AttributeValue Expires(Budget budget) => DynamoItems.Number(budget.WindowEnds.AddDays(1).ToUnixTimeSeconds());

    private static Dictionary<string, string> VersionNames => new() { ["#version"] = "version", ["#id"] = "id" };

    private static Dictionary<string, AttributeValue> VersionValues(Incident incident) =>
        new() { [":version"] = DynamoItems.Number(incident.Version), [":id"] = new(incident.Id) };
}
