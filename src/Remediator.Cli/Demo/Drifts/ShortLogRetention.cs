using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

internal sealed class ShortLogRetention : Drift
{
    public override string Title => "A log group that forgets after three days";

    public override string RuleName => "cw-loggroup-retention-period-check";

    public override string Rule => "CW_LOGGROUP_RETENTION_PERIOD_CHECK";

    public override string Type => "AWS::Logs::LogGroup";

    public override JsonObject RuleParameters => new() { ["MinRetentionTime"] = "90" };

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        await aws.SendAsync("logs:CreateLogGroup", new() { ["logGroupName"] = "/shop/checkout" }, ct);
        await aws.SendAsync("logs:PutRetentionPolicy", new() { ["logGroupName"] = "/shop/checkout", ["retentionInDays"] = 3 }, ct);
        return "/shop/checkout";
    }

    public override async Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct)
    {
        var output = await aws.SendAsync("logs:DescribeLogGroups", new() { ["logGroupNamePrefix"] = id }, ct);
        return output.Member("logGroups")[0].Member("retentionInDays");
    }

    public override bool IsRight(JsonElement live) => live.ValueKind is JsonValueKind.Number && live.GetInt32() == 90;
}
