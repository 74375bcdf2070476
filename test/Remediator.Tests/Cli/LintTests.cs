using Remediator.Values;

namespace Remediator.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class LintTests : IDisposable
{
    private readonly CliRun cli = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_problem_of_every_file_is_listed_at_once_with_its_place()
    {
        var playbook = Write("bad.yaml", "summary: x\nrules: [A]\nresource: AWS::S3::Bucket\nimpact: huge\nmanual: x\n");
        var policy = Write("policy.yaml", "defaults: {mode: sometimes}\n");

        var ran = await cli.RunAsync("lint", playbook, policy);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains($"{playbook}(4,9): error PB005: ", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"{policy}(1,", ran.Out, StringComparison.Ordinal);
        Assert.True(ran.Out.Split('\n').Count(line => line.Contains(": error ", StringComparison.Ordinal)) >= 4, ran.Out);
    }

    [Theory]
    [InlineData("rules:\n  - {match: {rule: S3_*}, mode: sometimes}\n", 2)]
    [InlineData("rules:\n  # ours\n\n  - match: {rule: S3_*}\n    mode: sometimes\n", 5)]
    [InlineData("accounts: {}\nrules: [{match: {rule: S3_*}, mode: sometimes}]\n", 2)]
    [InlineData("digest: {shop: sometimes}\n", 1)]
    public async Task A_policy_is_known_by_its_words_whatever_its_file_is_called(string text, int line)
    {
        var policy = Write("team.yaml", text);

        var ran = await cli.RunAsync("lint", policy);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains($"{policy}({line},", ran.Out, StringComparison.Ordinal);
        Assert.Contains("sometimes", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(": error PB", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_json_each_problem_has_its_file_line_column_code_and_message()
    {
        var ran = await cli.RunAsync("lint", Write("policy.yaml", "budgets: {per-hour: none}\n"), "--json");

        var problem = ran.Json.Member("problems")[0];
        Assert.Equal(["file", "line", "column", "severity", "code", "message"], problem.EnumerateObject().Select(m => m.Name));
        Assert.Equal(1, problem.Member("line").GetInt32());
    }

    [Fact]
    public async Task Playbook_is_checked_against_the_API_models()
    {
        var wrong = Authoring.Checks.Lint.Good.Replace("s3:PutPublicAccessBlock", "s3:PutPublicAccesBlock", StringComparison.Ordinal);

        var ran = await cli.RunAsync("lint", Write("block.yaml", wrong));

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("(13,9): error PB020: ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("did you mean 's3:PutPublicAccessBlock'?", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_alone_does_not_fail()
    {
        var ran = await cli.RunAsync(
            "lint", Write("policy.yaml", "defaults: {owner: a}\nexemptions: [{match: {resource: X}, until: 2020-01-01, reason: old}]\n"));

        Assert.Contains("warning PO015", ran.Out, StringComparison.Ordinal);
        Assert.Equal(0, ran.ExitCode);
    }

    [Fact]
    public async Task Without_files_the_shipped_playbooks_and_policy_are_checked_and_are_right()
    {
        var ran = await cli.RunAsync("lint");

        Assert.True(ran.ExitCode == 0, ran.Out);
        Assert.EndsWith(" 0 errors, 0 warnings.\n", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Playbook_from_elsewhere_is_checked_against_models_and_existing_playbooks()
    {
        var playbook = Write(
            "s3/mine.yaml",
            Authoring.Checks.Lint.Good.Replace("s3:PutPublicAccessBlock", "s3:PutPublicAccesBlock", StringComparison.Ordinal));

        var ran = await cli.RunAsync("lint", playbook);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains($"{playbook}(13,9): error PB020: ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("error PB035: s3/bucket-public-access-block and s3/mine all answer", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_is_shown_and_is_no_failure()
    {
        var ran = await cli.RunAsync(
            "lint", Write("policy.yaml", "exemptions: [{match: {resource: x}, reason: over, until: 2020-01-01}]\n"));

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains(": warning PO015: ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("1 files, 0 errors, 1 warnings.", ran.Out, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
