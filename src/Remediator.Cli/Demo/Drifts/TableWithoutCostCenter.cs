using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

/// <summary>A tag is missing whose value nobody told the service: it must not invent one, so a person is called.</summary>
internal sealed class TableWithoutCostCenter : Drift
{
    public override string Title => "A table without a cost center, which nobody told the service";

    public override string RuleName => "tables-have-a-cost-center";

    public override string Rule => "REQUIRED_TAGS";

    public override string Type => "AWS::DynamoDB::Table";

    public override JsonObject RuleParameters => new() { ["tag1Key"] = "CostCenter" };

    public override IncidentState Ends => IncidentState.Escalated;

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        await aws.SendAsync("dynamodb:CreateTable", new()
        {
            ["TableName"] = "shop-carts",
            ["BillingMode"] = "PAY_PER_REQUEST",
            ["AttributeDefinitions"] = new JsonArray(new JsonObject { ["AttributeName"] = "id", ["AttributeType"] = "S" }),
            ["KeySchema"] = new JsonArray(new JsonObject { ["AttributeName"] = "id", ["KeyType"] = "HASH" }),
        }, ct);
        return "shop-carts";
    }

    public override async Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct)
    {
        var table = (await aws.SendAsync("dynamodb:DescribeTable", new() { ["TableName"] = id }, ct)).Member("Table");
        var output = await aws.SendAsync("dynamodb:ListTagsOfResource", new() { ["ResourceArn"] = table.TextOf("TableArn") }, ct);
        return output.Member("Tags");
    }

    /// <summary>Nothing may have been invented.</summary>
    public override bool IsRight(JsonElement live) => !live.IsList() || live.GetArrayLength() == 0;
}
