using System.Text.Json;
using System.Text.Json.Nodes;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo.Drifts;

/// <summary>A tag is missing whose value the policy knows; the tags that it has must stay.</summary>
internal sealed class UntaggedVolume : Drift
{
    public override string Title => "A volume without the tag that says whose it is";

    public override string RuleName => "volumes-have-an-owner";

    public override string Rule => "REQUIRED_TAGS";

    public override string Type => "AWS::EC2::Volume";

    public override JsonObject RuleParameters => new() { ["tag1Key"] = "Owner" };

    public override async Task<string> SeedAsync(IAws aws, CancellationToken ct)
    {
        var output = await aws.SendAsync("ec2:CreateVolume", new()
        {
            ["AvailabilityZone"] = "us-east-1a",
            ["Size"] = 8,
            ["TagSpecifications"] = new JsonArray(new JsonObject
            {
                ["ResourceType"] = "volume",
                ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "Name", ["Value"] = "shop-data" }),
            }),
        }, ct);
        return output.TextOf("VolumeId")!;
    }

    public override async Task<JsonElement> ReadAsync(IAws aws, string id, CancellationToken ct)
    {
        var output = await aws.SendAsync("ec2:DescribeVolumes", new() { ["VolumeIds"] = new JsonArray(id) }, ct);
        var tags = output.Member("Volumes")[0].Member("Tags").EnumerateArray();
        return Json.Object(tags.Select(t => KeyValuePair.Create(t.TextOf("Key")!, t.Member("Value"))));
    }

    public override bool IsRight(JsonElement live) => live.TextOf("Owner") is DemoPolicy.OwnerTag && live.TextOf("Name") is "shop-data";
}
