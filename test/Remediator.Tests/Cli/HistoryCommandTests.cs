using System.Globalization;
using System.Text.Json.Nodes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class HistoryCommandTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Items_are_shown_newest_first_with_the_settings_that_changed_and_no_value()
    {
        Record(-60, "Suspended", "true");
        Record(-10, "Suspended", "false");

        var ran = await cli.RunAsync("history", "AWS::S3::Bucket", "shop");

        Assert.Equal(0, ran.ExitCode);
        var lines = ran.Out.Split('\n');
        Assert.Contains("item 9999990: 1 changed", lines[1], StringComparison.Ordinal);
        Assert.Contains("s3/bucket-public-access-block: BlockPublicAcls: true -> false", lines[2], StringComparison.Ordinal);
        Assert.Contains("item 9999940: the oldest in this time", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_rules_said_stands_between_the_items()
    {
        Record(-60, "Suspended", "true");
        Record(-10, "Suspended", "false");
        cli.Aws.Config.Record(
            Json.Parse(
                $$"""
                {"configurationItemCaptureTime":"{{At(
                    -5
                )}}","configurationItemStatus":"OK","configurationStateId":"1","resourceType":"AWS::Config::ResourceCompliance",
                 "resourceId":"AWS::S3::Bucket/shop",
                  "configuration":"{\"configRuleList\":[{\"configRuleName\":\"our-rule\",\"complianceType\":\"NON_COMPLIANT\"}]}"}
                """
            ));

        var json = (await cli.RunAsync("history", "AWS::S3::Bucket", "shop", "--json")).Json;

        Assert.Equal("our-rule", json.Member("timeline")[0].Member("compliance")[0].TextOf("rule"));
        Assert.Equal("9999990", json.Member("timeline")[1].TextOf("item"));
        Assert.True(json.Member("timeline")[1].Member("changes")[0].Member("old").IsNull());
    }

    [Fact]
    public async Task Resource_that_was_never_recorded_is_said_to_be_so()
    {
        var ran = await cli.RunAsync("history", "AWS::S3::Bucket", "nowhere");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("recorded nothing of it", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Item_that_cannot_be_read_is_said_to_be_so()
    {
        cli.Aws.Config.Record(
            Json.Parse(
                $$"""
                {"configurationItemCaptureTime":"{{At(
                    -5
                )}}","configurationItemStatus":"OK","resourceType":"AWS::S3::Bucket","resourceId":"shop","configuration":"not JSON"}
                """
            ));

        var ran = await cli.RunAsync("history", "AWS::S3::Bucket", "shop");

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("has no configuration that can be read", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_type_of_Cloud_Control_each_property_of_its_model_is_shown()
    {
        foreach (var (minutes, enabled) in new[] { (-60, "ENABLED"), (-10, "DISABLED") })
        {
            cli.Aws.Config.Record(Json.Parse(new JsonObject
            {
                ["configurationItemCaptureTime"] = At(minutes),
                ["configurationItemStatus"] = "OK",
                ["configurationStateId"] = (10_000_000 + minutes).ToString(CultureInfo.InvariantCulture),
                ["resourceType"] = "AWS::Events::Rule",
                ["resourceId"] = "nightly",
                ["configuration"] = new JsonObject
                {
                    ["Arn"] = "arn:aws:events:us-east-1:123456789012:rule/nightly",
                    ["Name"] = "nightly",
                    ["State"] = enabled,
                    ["EventPattern"] = minutes == -60 ? null : new JsonArray(),
                },
            }.ToJsonString()));
        }

        var ran = await cli.RunAsync("history", "AWS::Events::Rule", "nightly");

        Assert.Contains("item 9999990: 1 changed", ran.Out, StringComparison.Ordinal);
        Assert.Contains("AWS::Events::Rule: State: ENABLED -> DISABLED", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("EventPattern", ran.Out, StringComparison.Ordinal);
    }

    private void Record(int minutes, string versioning, string acls)
    {
        var block = $$"""{"blockPublicAcls":{{acls}},"ignorePublicAcls":true,"blockPublicPolicy":true,"restrictPublicBuckets":true}""";
        var item = new JsonObject
        {
            ["configurationItemCaptureTime"] = At(minutes),
            ["configurationItemStatus"] = "OK",
            ["configurationStateId"] = (10_000_000 + minutes).ToString(CultureInfo.InvariantCulture),
            ["arn"] = "arn:aws:s3:::shop",
            ["resourceType"] = "AWS::S3::Bucket",
            ["resourceId"] = "shop",
            ["configuration"] = "{}",
            ["supplementaryConfiguration"] = new JsonObject
            {
                ["PublicAccessBlockConfiguration"] = block,
                ["BucketVersioningConfiguration"] = $$"""{"status":"{{versioning}}"}""",
            },
        };
        cli.Aws.Config.Record(Json.Parse(item.ToJsonString()));
    }

    private string At(int minutes) => cli.Clock.GetUtcNow().AddMinutes(minutes).ToString("o", CultureInfo.InvariantCulture);
}
