using System.Text.Json.Nodes;
using Remediator.Emulator;
using Xunit.Sdk;

namespace Remediator.EndToEnd.Tests.Emulation;

/// <summary>Responses from the layer alone, without moto, are subject to the caller's IAM policies too.</summary>
[Trait("Category", "Emulator")]
public sealed class HistoryPermissionTests
{
    private const string Account = "123456789012";

    [Fact]
    public async Task History_and_events_are_answered_to_those_who_may_read_them_and_recorded_whoever_may()
    {
        await using var emulator = await MotoEmulator.StartAsync(CancellationToken.None);
        using var calls = new EmulatorCalls(emulator);
        var reader = await UserAsync(calls, "reader", "config:GetResourceConfigHistory");
        var watcher = await UserAsync(calls, "watcher", "cloudtrail:LookupEvents");
        await calls.JsonAsync("dynamodb", "DynamoDB_20120810.CreateTable", "1.0", JsonNode.Parse("""
            {
              "TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
              "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
              "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]
            }
            """)!.AsObject());
        await emulator.EnforceIamAsync(0, CancellationToken.None);

        var at = TimeProvider.System.GetUtcNow().AddHours(-1);
        await emulator.Layer.RecordAsync(Account, "us-east-1", "AWS::DynamoDB::Table", "orders", at, CancellationToken.None);
        await emulator.Layer.PutTrailEventAsync(
            Account, "us-east-1", "orders", $"arn:aws:iam::{Account}:user/ann", "UpdateTable", at, CancellationToken.None);

        Assert.Equal(1, await HistoryAsync(reader));
        Assert.Equal(1, await EventsAsync(watcher));
        Assert.Contains(
            "AccessDenied", (await Assert.ThrowsAsync<TrueException>(() => HistoryAsync(watcher))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "AccessDenied", (await Assert.ThrowsAsync<TrueException>(() => EventsAsync(reader))).Message, StringComparison.Ordinal);

        async Task<int> HistoryAsync(string key) => (await calls.JsonAsync(
            "config",
            "StarlingDoveService.GetResourceConfigHistory",
            "1.1",
            new JsonObject { ["resourceType"] = "AWS::DynamoDB::Table", ["resourceId"] = "orders" },
            key)).GetProperty("configurationItems").GetArrayLength();

        async Task<int> EventsAsync(string key) => (await calls.JsonAsync(
            "cloudtrail",
            "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
            "1.1",
            [],
            key)).GetProperty("Events").GetArrayLength();
    }

    /// <summary>The access key of a user with one permission.</summary>
    private static async Task<string> UserAsync(EmulatorCalls calls, string name, string action)
    {
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{{action}}","Resource":"*"}]}""";
        await IamAsync("CreateUser");
        await IamAsync("PutUserPolicy", ("PolicyName", "only"), ("PolicyDocument", policy));
        return (await IamAsync("CreateAccessKey")).Split("<AccessKeyId>")[1].Split('<')[0];

        Task<string> IamAsync(string operation, params (string, string)[] more) =>
            calls.QueryAsync("iam", [("Action", operation), ("Version", "2010-05-08"), ("UserName", name), .. more]);
    }
}
