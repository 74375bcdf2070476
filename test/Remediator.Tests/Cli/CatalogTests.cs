using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class CatalogTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task A_rule_is_found_by_its_name_as_the_console_shows_it_with_playbook_and_guidance()
    {
        var ran = await cli.RunAsync("catalog", "s3-bucket-versioning-enabled");

        Assert.Equal(0, ran.ExitCode);
        Assert.Matches("S3_BUCKET_VERSIONING_ENABLED +fixed automatically +s3/bucket-versioning", ran.Out);
        Assert.Contains("1 of ", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_every_rule_counts_in_one_of_the_answers()
    {
        var ran = await cli.RunAsync("catalog", "--json");

        Assert.Equal(
            ran.Json.Member("rules").GetArrayLength(),
            ran.Json.Member("counts").EnumerateObject().Sum(c => c.Value.GetInt32()));
        var one = await cli.RunAsync("catalog", "s3-bucket-versioning-enabled", "--json");
        Assert.Equal("automatic", Assert.Single(one.Json.Member("rules").EnumerateArray()).TextOf("answer"));
    }
}
