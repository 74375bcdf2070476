using System.Diagnostics;
using System.Text.RegularExpressions;
using Remediator.Checks;
using Xunit.Abstractions;

namespace Remediator.Tests.Checks;

public class LinterTests(ITestOutputHelper output)
{
    [Fact]
    public void A_right_playbook_has_no_problem() => Assert.Empty(Lint.Of(Lint.Good));

    [Fact]
    public void The_playbooks_of_the_repository_have_no_problem()
    {
        var problems = Linter.Run(Repository.PathOf("playbooks"), Repository.PathOf("policy.yaml"), [], TimeProvider.System);

        Assert.True(problems.IsEmpty, string.Join(Environment.NewLine, problems));
    }

    [Fact]
    public void Every_problem_is_reported_at_once_in_the_order_of_the_lines()
    {
        var problems = Lint.Of(Lint.Good
            .Replace("AWS::S3::Bucket", "AWS::S3::Bukket", StringComparison.Ordinal)
            .Replace("s3:PutPublicAccessBlock", "s3:PutPublicAccesBlock", StringComparison.Ordinal)
            .Replace("{BlockPublicAcls: true}", "{BlockPublicAcl: true}", StringComparison.Ordinal));

        Assert.Equal(["PB034", "PB033", "PB025", "PB020"], problems.Select(p => p.Code));
    }

    [Fact]
    public void A_problem_reads_like_a_compilers()
    {
        var problem = Assert.Single(Lint.With("s3:PutPublicAccessBlock", "s3:PutPublicAccesBlock"));

        Assert.EndsWith(
            "s3/block.yaml(12,9): error PB020: 's3:PutPublicAccesBlock' is not an operation in the API models (did you mean 's3:PutPublicAccessBlock'?);"
            + " one that AWS has is added by tools/trim-models",
            problem.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_files_asked_for_are_reported()
    {
        var folder = Repository.PathOf("playbooks");

        Assert.Empty(Linter.Run(folder, null, [Path.Combine(folder, "s3", "bucket-versioning.yaml")], TimeProvider.System));
    }

    [Fact]
    public void Every_code_has_a_section_of_the_page()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "lint.md"));
        var sections = Regex.Matches(page, "^## (P[BO][0-9]{3}) ", RegexOptions.Multiline).Select(m => m.Groups[1].Value);
        var codes = Directory.EnumerateFiles(Repository.PathOf("src", "Remediator"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "\"(P[BO][0-9]{3})\"").Select(m => m.Groups[1].Value));

        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), sections);
    }

    [Fact]
    public void Two_hundred_playbooks_take_about_a_second()
    {
        var playbooks = Enumerable.Range(0, 200).Select(n => ($"s3/block-{n}", Lint.Good)).ToArray();
        var clock = Stopwatch.StartNew();

        var problems = Lint.Of(playbooks);

        output.WriteLine($"200 playbooks: {clock.ElapsedMilliseconds} ms");
        Assert.Equal("PB035", Assert.Single(problems).Code);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.Elapsed}");
    }
}
