using System.Globalization;
using System.Text.Json.Nodes;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class RollbackCommandTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Dry_run_shows_the_plan_and_changes_nothing()
    {
        await DriftAsync();

        var ran = await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--rule", "some-rule", "--to", At(-30), "--dry-run");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("BlockPublicAcls", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Aws.Calls, c => c is "s3:PutPublicAccessBlock");
    }

    [Fact]
    public async Task Rollback_puts_it_back_and_can_be_undone()
    {
        await DriftAsync();

        var json = (await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--rule", "some-rule", "--to", At(-30), "--json"))
            .Json;

        Assert.Equal("fixed", json.TextOf("outcome"));
        Assert.Contains("s3:PutPublicAccessBlock", cli.Aws.Calls);
        Assert.Equal("undone", (await cli.RunAsync("undo", json.TextOf("incident")!, "--json")).Json.TextOf("outcome"));
    }

    [Fact]
    public async Task Deployed_function_is_asked_and_its_plan_is_shown()
    {
        JsonNode? sent = null;
        cli.Aws.On("lambda:Invoke", input =>
        {
            sent = JsonNode.Parse(Convert.FromBase64String(input.TextOf("Payload")!));
            var answer = """
                {"outcome":"observed","incident":null,"why":null,
                 "calls":[{"operation":"s3:PutPublicAccessBlock","input":{"Bucket":"some-bucket"}}],
                 "settings":[{"name":"setting","before":{"BlockPublicAcls":false},"after":{"BlockPublicAcls":true},
                  "removed":[],"added":[]}]}
                """u8;
            return Json.Object([KeyValuePair.Create("Payload", Json.Text(Convert.ToBase64String(answer)))]);
        });
        string[] words =
            ["rollback", "AWS::S3::Bucket", "some-bucket", "--to", "2026-01-01T00:00:00Z", "--dry-run", "--function", "operate"];

        var (shown, json) = ((await cli.RunAsync(words)).Out, (await cli.RunAsync([.. words, "--json"])).Json);

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"command":"Rollback","by":"kim","incident":"","why":null,"force":false,"rollback":{"type":"AWS::S3::Bucket",
                 "id":"some-bucket","account":null,"region":"us-east-1","rule":null,"to":"2026-01-01T00:00:00+00:00","dryRun":true}}
                """),
            sent));
        Assert.Contains("BlockPublicAcls: false -> true", shown, StringComparison.Ordinal);
        Assert.Contains("Calls that would be made", shown, StringComparison.Ordinal);
        Assert.Equal("s3:PutPublicAccessBlock", json.Member("calls")[0].TextOf("operation"));
        Assert.True(json.Member("settings")[0].Member("after").Member("BlockPublicAcls").GetBoolean());
    }

    [Fact]
    public async Task Without_a_rule_everything_that_drifted_goes_back_under_the_rule_that_finds_it_wrong()
    {
        await DriftAsync("Enabled", "Suspended");
        Wrong("some-rule");

        var json = (await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--to", At(-30), "--json")).Json;

        Assert.Equal("fixed", json.TextOf("outcome"));
        Assert.Contains("s3:PutPublicAccessBlock", cli.Aws.Calls);
        Assert.Contains("s3:PutBucketVersioning", cli.Aws.Calls);
        Assert.Equal("some-rule", (await cli.RunAsync("show", json.TextOf("incident")!, "--json")).Json.TextOf("rule"));
    }

    [Fact]
    public async Task With_a_managed_rule_only_its_settings_go_back()
    {
        await DriftAsync("Enabled", "Suspended");

        await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--rule", "some-rule", "--to", At(-30), "--json");

        Assert.Contains("s3:PutPublicAccessBlock", cli.Aws.Calls);
        Assert.DoesNotContain("s3:PutBucketVersioning", cli.Aws.Calls);
    }

    [Fact]
    public async Task Without_a_rule_and_without_one_that_evaluates_it_one_has_to_be_named()
    {
        await DriftAsync();

        var ran = await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--to", At(-30));

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("No Config rule evaluates", ran.Out + ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_rules_that_find_it_wrong_one_has_to_be_named()
    {
        await DriftAsync();
        foreach (var rule in new[] { "some-rule", "another-rule" })
        {
            Wrong(rule);
        }

        var ran = await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--to", At(-30));

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("another-rule, some-rule", ran.Out + ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3:PutPublicAccessBlock", cli.Aws.Calls);
    }

    [Theory]
    [InlineData("tomorrow", "some-rule", "is not a time")]
    [InlineData("2999-01-01T00:00:00Z", "some-rule", "is not a time that has passed")]
    [InlineData("2026-01-01T00:00:00Z", "no-rule", "There is no Config rule no-rule")]
    public async Task Impossible_rollback_arguments_are_refused(string to, string rule, string says)
    {
        await DriftAsync();

        var ran = await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--rule", rule, "--to", to);

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains(says, ran.Out + ran.Error, StringComparison.Ordinal);
    }

    private void Wrong(string rule) =>
        cli.Aws.Config.Evaluations.Say(rule, Some.Bucket("some-bucket"), "NON_COMPLIANT", cli.Clock.GetUtcNow());

    private async Task DriftAsync(string? versioning = null, string? now = null)
    {
        await cli.BucketEventAsync();
        Record(-60, "true", versioning);
        Record(-10, "false", now);
        await cli.CallAsync("s3:PutPublicAccessBlock", new()
        {
            ["Bucket"] = "some-bucket",
            ["PublicAccessBlockConfiguration"] = JsonNode.Parse(
                """{"BlockPublicAcls":false,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}"""),
        });
    }

    private void Record(int minutes, string acls, string? versioning) => cli.Aws.Config.Record(Json.Parse(new JsonObject
    {
        ["configurationItemCaptureTime"] = At(minutes),
        ["configurationItemStatus"] = "OK",
        ["configurationStateId"] = (10_000_000 + minutes).ToString(CultureInfo.InvariantCulture),
        ["resourceType"] = "AWS::S3::Bucket",
        ["resourceId"] = "some-bucket",
        ["configuration"] = "{}",
        ["supplementaryConfiguration"] = new JsonObject
        {
            ["PublicAccessBlockConfiguration"] =
                $$"""{"blockPublicAcls":{{acls}},"ignorePublicAcls":true,"blockPublicPolicy":true,"restrictPublicBuckets":true}""",
            ["BucketVersioningConfiguration"] = $$"""{"status":"{{versioning ?? "Off"}}"}""",
        },
    }.ToJsonString()));

    private string At(int minutes) => cli.Clock.GetUtcNow().AddMinutes(minutes).ToString("o", CultureInfo.InvariantCulture);
}
