using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

/// <summary>SSH open to the world beside rules that must stay, one of them in the same permission.</summary>
internal sealed class OpenSecurityGroup : Drift
{
    public override string Title => "A security group with SSH open to the world, beside legitimate rules";

    public override string RuleName => "restricted-ssh";

    public override string Rule => "INCOMING_SSH_DISABLED";

    public override string Type => "AWS::EC2::SecurityGroup";

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        var group = (
            await aws.SendAsync("ec2:CreateSecurityGroup", new() { ["GroupName"] = "shop-bastion", ["Description"] = "Bastion" }, ct)
        ).TextOf("GroupId")!;
        await aws.SendAsync(
            "ec2:AuthorizeSecurityGroupIngress", new()
            {
                ["GroupId"] = group,
                ["IpPermissions"] = new JsonArray(Tcp(22, ["10.0.0.0/8", "0.0.0.0/0"], ["::/0"]), Tcp(443, ["0.0.0.0/0"], [])),
            },
            ct);
        return group;
    }

    public override async Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct)
    {
        var output = await aws.SendAsync("ec2:DescribeSecurityGroups", new() { ["GroupIds"] = new JsonArray(id) }, ct);
        var permissions = output.Member("SecurityGroups")[0].Member("IpPermissions").EnumerateArray();
        return Json.List(permissions.SelectMany(Ranges).Order(StringComparer.Ordinal).Select(Json.Text));
    }

    public override bool IsRight(JsonElement live) =>
        live.EnumerateArray().Select(r => r.GetString()).SequenceEqual(["22 10.0.0.0/8", "443 0.0.0.0/0"]);

    private static JsonObject Tcp(int port, string[] v4, string[] v6) => new()
    {
        ["IpProtocol"] = "tcp",
        ["FromPort"] = port,
        ["ToPort"] = port,
        ["IpRanges"] = new JsonArray([.. v4.Select(cidr => new JsonObject { ["CidrIp"] = cidr })]),
        ["Ipv6Ranges"] = new JsonArray([.. v6.Select(cidr => new JsonObject { ["CidrIpv6"] = cidr })]),
    };

    private static IEnumerable<string> Ranges(JsonElement permission) =>
        from list in new[] { ("IpRanges", "CidrIp"), ("Ipv6Ranges", "CidrIpv6") }
        where permission.Member(list.Item1).IsList()
        from range in permission.Member(list.Item1).EnumerateArray()
        select $"{permission.Member("FromPort")} {range.TextOf(list.Item2)}";
}
