using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class CatalogTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Machines_get_every_rule_with_what_is_done_about_it()
    {
        var ran = await cli.RunAsync("catalog", "--json");

        Assert.Equal(813, ran.Json.Member("rules").GetArrayLength());
        Assert.Equal(813, ran.Json.Member("counts").EnumerateObject().Sum(c => c.Value.GetInt32()));
        var line = ran.Json.Member("rules").EnumerateArray().Single(r => r.TextOf("rule") == "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED");
        Assert.Equal(["rule", "answer", "class", "resourceTypes", "playbooks", "guidance"], line.EnumerateObject().Select(m => m.Name));
        Assert.Equal("automatic", line.TextOf("answer"));
        Assert.Equal("s3/bucket-public-access-block", line.Member("playbooks")[0].GetString());
    }

    [Fact]
    public async Task A_part_of_a_name_chooses_rules()
    {
        var ran = await cli.RunAsync("catalog", "s3_bucket_versioning");

        Assert.Contains("S3_BUCKET_VERSIONING_ENABLED", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("ACCESS_KEYS_ROTATED", ran.Out, StringComparison.Ordinal);
        Assert.Equal(ran.Out, (await cli.RunAsync("catalog", "s3-bucket-versioning")).Out);
    }

    [Fact]
    public async Task The_summary_is_four_lines()
    {
        var ran = await cli.RunAsync("catalog", "--summary");

        Assert.Equal(4, ran.Out.TrimEnd().Split('\n').Length);
        Assert.Matches("[0-9]+ settings of [0-9]+ playbooks can be rolled back, on [0-9]+ types of resource", ran.Out);
        Assert.StartsWith("813 managed rules: ", ran.Out, StringComparison.Ordinal);
    }
}
