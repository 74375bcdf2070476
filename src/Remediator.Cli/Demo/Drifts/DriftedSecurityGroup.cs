using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

/// <summary>
/// A rule of the account's own, which no playbook answers, finds a security group wrong: one of its rules was exchanged for an open one.
/// What AWS Config recorded before comes back, and what somebody added since stays.
/// </summary>
internal sealed class DriftedSecurityGroup(AwsLikeLayer recorder, TimeProvider clock) : Drift
{
    private (DateTimeOffset Held, DateTimeOffset Found)? _recorded;

    public override string Title => "A security group that drifted, found by a rule of our own, with legitimate work done since";

    public override string RuleName => "our-network-baseline";

    public override string Rule => "our-network-baseline";

    public override string Type => "AWS::EC2::SecurityGroup";

    public override JsonObject Source =>
        new()
        {
            ["Owner"] = "CUSTOM_POLICY",
            ["SourceDetails"] = new JsonArray(
                new JsonObject { ["EventSource"] = "aws.config", ["MessageType"] = "ConfigurationItemChangeNotification" }),
            ["CustomPolicyDetails"] = new JsonObject
            {
                ["PolicyRuntime"] = "guard-2.x.x",
                ["PolicyText"] =
                    "rule no_open_database_port when resourceType == 'AWS::EC2::SecurityGroup' { configuration.ipPermissions[ "
                    + "fromPort == 5432 ].ipRanges != '0.0.0.0/0' }",
            },
        };

    public override (DateTimeOffset Held, DateTimeOffset Found)? Recorded => _recorded;

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        var (held, found) = (clock.GetUtcNow().AddHours(-3), clock.GetUtcNow().AddMinutes(-20));
        _recorded = (held, found);
        var group = (await aws.SendAsync("ec2:CreateSecurityGroup", new() { ["GroupName"] = "shop-web", ["Description"] = "Web" }, ct))
            .TextOf("GroupId")!;
        await SendAsync(aws, "ec2:AuthorizeSecurityGroupIngress", group, [Tcp(443, "0.0.0.0/0"), Tcp(5432, "10.1.0.0/16")], ct);
        await recorder.RecordAsync(TemplateDeployer.Account, TemplateDeployer.Region, Type, group, held, ct);

        await SendAsync(aws, "ec2:RevokeSecurityGroupIngress", group, [Tcp(5432, "10.1.0.0/16")], ct);
        await SendAsync(aws, "ec2:AuthorizeSecurityGroupIngress", group, [Tcp(5432, "0.0.0.0/0")], ct);
        await recorder.RecordAsync(TemplateDeployer.Account, TemplateDeployer.Region, Type, group, found, ct);

        await SendAsync(aws, "ec2:AuthorizeSecurityGroupIngress", group, [Tcp(8080, "10.2.0.0/16")], ct);
        return group;
    }

    public override async Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct)
    {
        var output = await aws.SendAsync("ec2:DescribeSecurityGroups", new() { ["GroupIds"] = new JsonArray(id) }, ct);
        return Json.List(output.Member("SecurityGroups")[0].Member("IpPermissions").EnumerateArray()
            .SelectMany(p => p.Member("IpRanges").EnumerateArray().Select(r => $"{p.Member("FromPort")} {r.TextOf("CidrIp")}"))
            .Order(StringComparer.Ordinal)
            .Select(Json.Text));
    }

    public override bool IsRight(JsonElement live) => live.EnumerateArray().Select(r => r.GetString())
        .SequenceEqual(["443 0.0.0.0/0", "5432 10.1.0.0/16", "8080 10.2.0.0/16"]);

    private static async Task SendAsync(IAws aws, string operation, string group, JsonObject[] permissions, CancellationToken ct) =>
        await aws.SendAsync(operation, new() { ["GroupId"] = group, ["IpPermissions"] = new JsonArray([.. permissions]) }, ct);

    private static JsonObject Tcp(int port, string cidr) => new()
    {
        ["IpProtocol"] = "tcp",
        ["FromPort"] = port,
        ["ToPort"] = port,
        ["IpRanges"] = new JsonArray(new JsonObject { ["CidrIp"] = cidr }),
    };
}
