using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class ExplainTests : IDisposable
{
    private const string Policy = """
        defaults: {severity: warning}
        accounts: {'111111111111': {name: shop-prod, team: shop, environment: production}}
        rules:
          - match: {environment: production, impact: [cost]}
            mode: approve
          - match: {rule: RDS_*}
            mode: observe
          - match: {tag: {Stage: dev}, service: s3}
            owner: developers
          - match: {service: s3}
            mode: auto
            rollout: 30%
            settle: 15m
        exemptions: [{match: {resource: downloads}, reason: public on purpose, until: 2999-01-01}]
        freezes: [{match: {resource: frozen}, from: 2020-01-01, until: 2999-01-01, reason: for ever}]
        """;

    private readonly CliRun cli = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_setting_is_shown_with_its_entry_and_each_other_entry_with_the_reason_why_it_does_not_match()
    {
        var ran = await ExplainAsync("--resource", "logs", "--tag", "Stage=dev");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("s3/bucket-versioning (impact cost)", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"mode +approve +policy.yaml\(4,5\)", ran.Out);
        Assert.Matches(@"rollout +30% +policy.yaml\(10,5\)", ran.Out);
        Assert.Matches(@"owner +developers +policy.yaml\(8,5\)", ran.Out);
        Assert.Matches(@"environment +production +policy.yaml\(2,", ran.Out);
        Assert.Matches(@"severity +warning +defaults", ran.Out);
        Assert.Matches(@"policy.yaml\(6,5\) +does not match +rule: RDS_\*", ran.Out);
    }

    [Fact]
    public async Task With_json_it_is_one_object()
    {
        var ran = await ExplainAsync("--resource", "logs", "--json");

        Assert.Equal("observe", ran.Json.TextOf("mode"));
        Assert.InRange(ran.Json.Member("place").GetInt32(), 30, 99);
        Assert.Contains("share of 30%", ran.Json.TextOf("outcome"), StringComparison.Ordinal);
        Assert.Equal("approve", ran.Json.Member("words").EnumerateArray().Single(w => w.TextOf("word") is "mode").TextOf("value"));
        Assert.Equal("tag: Stage=dev", ran.Json.Member("entries")[2].Member("against")[0].GetString());
        Assert.Equal("shop", ran.Json.Member("words").EnumerateArray().Single(w => w.TextOf("word") is "owner").TextOf("value"));
    }

    [Theory]
    [InlineData("downloads", "Left alone: exempt until 2999-01-01, public on purpose.")]
    [InlineData("frozen", "Changes are frozen until 2999-01-01")]
    public async Task Everything_else_that_affects_the_decision_is_shown(string resource, string says)
    {
        // The resource may be outside the rollout's share; observing does not depend on it.
        var ran = await ExplainAsync("--resource", resource);

        Assert.Contains(says, ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_says_rule_and_resource()
    {
        var file = Path.Combine(folder.FullName, "event.json");
        await File.WriteAllTextAsync(file, await cli.BucketEventAsync("logs"));

        var ran = await cli.RunAsync("explain", "--event", file, "--rule", "S3_BUCKET_VERSIONING_ENABLED", "--policy", await PolicyAsync());

        Assert.Contains("rule some-rule (S3_BUCKET_VERSIONING_ENABLED)", ran.Out, StringComparison.Ordinal);
        Assert.Contains("AWS::S3::Bucket logs", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_finding_it_says_what_is_missing()
    {
        var ran = await cli.RunAsync("explain", "--policy", await PolicyAsync());

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("--resource-type", ran.Error, StringComparison.Ordinal);
    }

    private async Task<Ran> ExplainAsync(params string[] more) =>
        await cli.RunAsync([
            "explain",
            "--rule",
            "S3_BUCKET_VERSIONING_ENABLED",
            "--resource-type",
            "AWS::S3::Bucket",
            "--account",
            "111111111111",
            "--region",
            "eu-west-1",
            "--policy",
            await PolicyAsync(),
            .. more,
        ]);

    private async Task<string> PolicyAsync()
    {
        var file = Path.Combine(folder.FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, Policy);
        return file;
    }
}
