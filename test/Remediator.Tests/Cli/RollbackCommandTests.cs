using System.Globalization;
using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData("tomorrow", "some-rule", "is not a time")]
    [InlineData("2999-01-01T00:00:00Z", "some-rule", "is not a time that has passed")]
    [InlineData("2026-01-01T00:00:00Z", "no-rule", "There is no Config rule no-rule")]
    public async Task Impossible_rollback_arguments_are_refused(string to, string rule, string says)
    {
        await DriftAsync();

        var ran = await cli.RunAsync("rollback", "AWS::S3::Bucket", "some-bucket", "--rule", rule, "--to", to);

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains(says, ran.Error, StringComparison.Ordinal);
    }

    private async Task DriftAsync()
    {
        await cli.BucketEventAsync();
        Record(-60, "true");
        Record(-10, "false");
        await cli.CallAsync("s3:PutPublicAccessBlock", new()
        {
            ["Bucket"] = "some-bucket",
            ["PublicAccessBlockConfiguration"] = JsonNode.Parse(
                """{"BlockPublicAcls":false,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}"""),
        });
    }

    private void Record(int minutes, string acls) => cli.Aws.Config.Record(Json.Parse(new JsonObject
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
        },
    }.ToJsonString()));

    private string At(int minutes) => cli.Clock.GetUtcNow().AddMinutes(minutes).ToString("o", CultureInfo.InvariantCulture);
}
