using System.Text.Json;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

/// <summary>Config names it by its DbiResourceId, which no call takes.</summary>
internal sealed class PublicDatabase : Drift
{
    public override string Title => "A database that the internet reaches";

    public override string RuleName => "rds-instance-public-access-check";

    public override string Rule => "RDS_INSTANCE_PUBLIC_ACCESS_CHECK";

    public override string Type => "AWS::RDS::DBInstance";

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        var output = await aws.SendAsync("rds:CreateDBInstance", new()
        {
            ["DBInstanceIdentifier"] = "shop-orders",
            ["DBInstanceClass"] = "db.t3.micro",
            ["Engine"] = "postgres",
            ["AllocatedStorage"] = 20,
            ["MasterUsername"] = "shop",
            ["ManageMasterUserPassword"] = true,
            ["PubliclyAccessible"] = true,
        }, ct);
        return output.Member("DBInstance").TextOf("DbiResourceId")!;
    }

    public override async Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct)
    {
        var output = await aws.SendAsync("rds:DescribeDBInstances", new() { ["DBInstanceIdentifier"] = "shop-orders" }, ct);
        return output.Member("DBInstances")[0].Member("PubliclyAccessible");
    }

    public override bool IsRight(JsonElement live) => live.ValueKind is JsonValueKind.False;
}
