using System.Diagnostics;
using Remediator.Authoring.Checks;
using Remediator.Record;
using Xunit.Abstractions;

namespace Remediator.Tests.Authoring.Checks;

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
    public void Problem_has_the_format_of_compiler_messages()
    {
        var problem = Assert.Single(Lint.With("s3:PutPublicAccessBlock", "s3:PutPublicAccesBlock"));

        Assert.EndsWith(
            "s3/block.yaml(13,9): error PB020: 's3:PutPublicAccesBlock' is not an operation in the API models (did you mean "
            + "'s3:PutPublicAccessBlock'?);"
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
    public void An_error_by_both_of_its_names_is_no_problem() =>
        Assert.Empty(CallCases.Topic("", "", "[NotFound, NotFoundException]").Problems());

    [Fact]
    public void Two_playbooks_for_one_rule_are_no_problem_once_the_policy_chooses() => Assert.Empty(
        Lint.Of([("s3/a", Lint.Good), ("s3/b", Lint.Good)], "rules: [{match: {rule: S3_BUCKET_PUBLIC_READ_PROHIBITED}, playbook: s3/b}]"));

    [Fact]
    public void A_policy_that_gives_what_the_playbook_needs_has_no_problem() => Assert.Empty(
        Lint.Of(PolicyMistakes.WithKey, "rules: [{match: {rule: SNS_ENCRYPTED_KMS}, mode: auto, params: {kmsKeyId: alias/mine}}]"));

    [Theory]
    [InlineData("mode: auto", "", true)]
    [InlineData("mode: observe", "", false)]
    [InlineData("mode: auto, tags-from: policy", "", true)]
    [InlineData("mode: auto, tags-from: [recorded, policy]", "", false)]
    [InlineData("mode: auto, params: {tags: {Owner: shop}}", "", false)]
    [InlineData("mode: auto", ", params: {tags: {Owner: shop}}", false)]
    public void Rule_for_tags_without_a_value_from_anywhere_is_noticed(string entry, string others, bool isNoticed)
    {
        var folder = Directory.CreateTempSubdirectory();
        var policy = Path.Combine(folder.FullName, "policy.yaml");
        File.WriteAllText(
            policy, $"rules: [{{match: {{rule: REQUIRED_TAGS}}, {entry}}}, {{match: {{region: eu-west-1}}, mode: observe{others}}}]");

        var problems = Linter.Run(Remediator.Emulator.Repository.At("playbooks"), policy, [policy], TimeProvider.System);

        folder.Delete(recursive: true);
        Assert.Equal(isNoticed, problems.Any(p => p.Code is "PO030"));
    }

    [Fact]
    [Trait("Category", "Slow")]
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
