using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class CatalogTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Machines_get_every_rule_with_what_is_done_about_it()
    {
        var ran = await cli.RunAsync("catalog", "--json");

        Assert.Equal(840, ran.Json.Member("rules").GetArrayLength());
        Assert.Equal(840, ran.Json.Member("counts").EnumerateObject().Sum(c => c.Value.GetInt32()));
        var line = ran.Json.Member("rules").EnumerateArray().Single(r => r.TextOf("rule") == "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED");
        Assert.Equal(
            ["rule", "answer", "class", "ended", "packs", "sets", "resourceTypes", "playbooks", "guidance", "evidence"],
            line.EnumerateObject().Select(m => m.Name));
        Assert.Equal("automatic", line.TextOf("answer"));
        Assert.Equal("s3/bucket-public-access-block", line.Member("playbooks")[0].GetString());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Machines_get_the_weight_and_the_sets_with_the_counts()
    {
        var ran = await cli.RunAsync("catalog", "--summary", "--json");

        Assert.Equal("2026-11-28", ran.Json.TextOf("listedOn"));
        Assert.Equal(8036, ran.Json.Member("weight").EnumerateObject().Sum(c => c.Value.GetInt32()));
        var hipaa = ran.Json.Member("sets").EnumerateArray().Single(s => s.TextOf("set") is "hipaa");
        Assert.Equal(130, hipaa.Member("rules").GetInt32());
        Assert.Equal(130, hipaa.Member("counts").EnumerateObject().Sum(c => c.Value.GetInt32()));
        Assert.Equal(hipaa.Member("answered").GetInt32(), 130 - hipaa.Member("counts").Member("escalated").GetInt32());
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
    public async Task A_rule_has_its_own_lines_without_the_totals()
    {
        var ran = await cli.RunAsync("catalog", "IAM_ROOT_ACCESS_KEY_CHECK");

        string[] lines = ran.Out.Split('\n');
        Assert.Equal(["IAM_ROOT_ACCESS_KEY_CHECK", "Answer      escalated with guidance"], lines[..2]);
        Assert.StartsWith("By hand     ", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain("managed rules as of", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_nobody_knows_is_refused_with_the_nearest_one()
    {
        var ran = await cli.RunAsync("catalog", "s3-bucket-versioning-enabld");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("did you mean 'S3_BUCKET_VERSIONING_ENABLED'?", ran.Error, StringComparison.Ordinal);
        Assert.Contains("newer than this version's list", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_counts_rules_by_answer_by_use_and_by_well_known_sets()
    {
        var ran = await cli.RunAsync("catalog", "--summary");

        Assert.Equal(5 + 6, ran.Out.TrimEnd().Split('\n').Length);
        Assert.Matches(@"CIS AWS Foundations Benchmark v5\.0\.0: [0-9]+ of 37 rules are answered by a playbook\.", ran.Out);
        Assert.Matches(@"By use in [0-9]+ places of AWS's conformance packs: [0-9.]+ % fixed automatically, ", ran.Out);
        Assert.Matches("[0-9]+ settings of [0-9]+ playbooks can be rolled back, on [0-9]+ types of resource", ran.Out);
        Assert.StartsWith("840 managed rules as of 2026-11-28: ", ran.Out, StringComparison.Ordinal);
    }
}
