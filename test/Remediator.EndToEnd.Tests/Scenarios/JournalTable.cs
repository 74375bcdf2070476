using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>A journal table on the emulator, with the template's keys, and a way to age its items.</summary>
internal sealed class JournalTable(IAmazonDynamoDB dynamo, string name, IJournalKey key)
{
    private static readonly JournalSettings Settings = new("");

    public string Name => name;

    public IJournal Journal { get; } = new DynamoJournal(dynamo, new(name), key, TimeProvider.System);

    public static async Task<JournalTable> CreateAsync(IAmazonDynamoDB dynamo, string name, IJournalKey key, CancellationToken ct)
    {
        await dynamo.CreateTableAsync(new CreateTableRequest(name, [new("pk", KeyType.HASH), new("sk", KeyType.RANGE)])
        {
            AttributeDefinitions = [.. new[] { "pk", "sk", "open", "due" }.Select(a => new AttributeDefinition(a, ScalarAttributeType.S))],
            GlobalSecondaryIndexes =
            [
                new()
                {
                    IndexName = "due",
                    KeySchema = [new("open", KeyType.HASH), new("due", KeyType.RANGE)],
                    Projection = new() { ProjectionType = ProjectionType.ALL },
                },
            ],
            BillingMode = BillingMode.PAY_PER_REQUEST,
        }, ct);
        return new(dynamo, name, key);
    }

    /// <summary>The open incident of a journal that has one; otherwise null.</summary>
    public async Task<Incident?> IncidentAsync(CancellationToken ct)
    {
        await foreach (var incident in Journal.OpenAsync(ct))
        {
            return incident;
        }

        return null;
    }

    /// <summary>
    /// Lets time pass for the journal's items: leases expire, incidents become due, hours of the budgets end. Config's evaluation times
    /// stay, because the next event has the time of the clock.
    /// </summary>
    public async Task AgeAsync(TimeSpan time, CancellationToken ct)
    {
        var items = (await dynamo.ScanAsync(new ScanRequest(name), ct)).Items;
        foreach (var item in items)
        {
            await AgeAsync(item, time, ct);
        }
    }

    private async Task<PutItemResponse> PutAsync(Dictionary<string, AttributeValue> item, CancellationToken ct)
    {
        (await key.SealAsync(ct))!.Set(item);
        return await dynamo.PutItemAsync(name, item, ct);
    }

    private Task AgeAsync(Dictionary<string, AttributeValue> item, TimeSpan time, CancellationToken ct)
    {
        switch (item["sk"].S)
        {
            case "lease":
                item["until"] = new(DynamoItems.Time(DynamoItems.Time(item["until"].S) - time));
                return dynamo.PutItemAsync(name, item, ct);
            case "current":
                return PutAsync(DynamoItems.Current(Aged(DynamoItems.Incident(item), time), Settings.Retention), ct);
            case "id" when item.ContainsKey("detail"):
                return PutAsync(DynamoItems.Archived(Aged(DynamoItems.Incident(item), time), Settings.Retention), ct);
            case "count" when time >= TimeSpan.FromHours(1):
                return dynamo.DeleteItemAsync(name, new() { ["pk"] = item["pk"], ["sk"] = item["sk"] }, ct);
            default:
                return Task.CompletedTask;
        }
    }

    private static Incident Aged(Incident incident, TimeSpan time) =>
        incident with
        {
            OpenedAt = incident.OpenedAt - time,
            ChangedAt = incident.ChangedAt - time,
            Due = incident.Due - time,
            FixedAt = incident.FixedAt - time,
            Telling = incident.Telling with { ToldAt = incident.Telling.ToldAt - time },
            Change = incident.Change is { } change
                ? change with
                {
                    BeganAt = change.BeganAt - time,
                    Runbook = change.Runbook is { } runbook ? runbook with { At = runbook.At - time } : null,
                }
                : null,
            Entries = [.. incident.Entries.Select(e => e with { At = e.At - time })],
        };
}
