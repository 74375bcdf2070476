using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>A drafted playbook is one but for what only a person can decide.</summary>
[Trait("Category", "Slow")]
public sealed class DraftTests
{
    private readonly CliRun cli = new();

    [Theory]
    [InlineData("S3_BUCKET_VERSIONING_ENABLED", "AWS::S3::Bucket", "s3:GetBucketVersioning", "s3:PutBucketVersioning")]
    [InlineData("LAMBDA_FUNCTION_SETTINGS_CHECK", "AWS::Lambda::Function", "lambda:", "lambda:")]
    [InlineData("our-own-rule", "AWS::RDS::DBInstance", "rds:DescribeDBInstances", "rds:ModifyDBInstance")]
    [InlineData("KINESIS_STREAM_BACKUP_RETENTION_CHECK", "AWS::Kinesis::Stream", "kinesis:", "")]
    [InlineData("DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED", "AWS::DynamoDB::Table", "dynamodb:DescribeTable", "dynamodb:UpdateTable")]
    [InlineData("EFS_FILESYSTEM_CT_TAGGED", "AWS::EFS::FileSystem", "efs:", "")]
    public async Task Lint_reports_only_the_marked_lines(string rule, string type, string read, string write)
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.CreateSubdirectory("drafts").FullName, "draft.yaml");

        Assert.Equal(0, (await cli.RunAsync("new", "playbook", "--rule", rule, "--type", type, "--output", file)).ExitCode);

        var lines = await File.ReadAllLinesAsync(file);
        Assert.Contains(lines, l => l.Contains($"call: {read}", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains($"call: {write}", StringComparison.Ordinal));
        var problems = (await cli.RunAsync("lint", file, "--json"))
            .Json.Member("problems")
            .EnumerateArray()
            .Where(p => p.TextOf("severity") is "error")
            .ToList();
        Assert.NotEmpty(problems);
        Assert.All(problems, p =>
            Assert.True(
                lines[p.Member("line").GetInt32() - 1].Contains("FILL-IN", StringComparison.Ordinal), $"{p}\n{string.Join('\n', lines)}"));
    }

    [Theory]
    [InlineData("our-own-rule", "rules: []", "# In the policy: rules: [{match: {rule-name: our-own-rule}, playbook: s3/ours}]")]
    [InlineData("s3-bucket-default-lock-enabled", "rules: [S3_BUCKET_DEFAULT_LOCK_ENABLED] # FILL-IN its parameters mode: use", "read:")]
    [InlineData("s3-event-notifications-enabled", "rules: [S3_EVENT_NOTIFICATIONS_ENABLED]", "read:")]
    public async Task Rule_of_ones_own_is_bound_by_the_policy_and_a_managed_one_by_the_playbook(string rule, string rules, string policy)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().CreateSubdirectory("s3").FullName, "ours.yaml");

        await cli.RunAsync("new", "playbook", "--rule", rule, "--type", "AWS::S3::Bucket", "--output", file);

        var lines = await File.ReadAllLinesAsync(file);
        Assert.Contains(lines, l => l.StartsWith(rules, StringComparison.Ordinal));
        Assert.Contains(policy, lines);
    }

    [Fact]
    public async Task Case_is_drafted_beside_it_and_lint_reports_its_marked_lines()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.CreateSubdirectory("drafts").FullName, "draft.yaml");

        await cli.RunAsync("new", "playbook", "--rule", "our-rule", "--type", "AWS::S3::Bucket", "--output", file);

        var @case = Path.ChangeExtension(file, null) + ".case.yaml";
        var lines = await File.ReadAllLinesAsync(@case);
        Assert.Contains(lines, l => l.Contains("call: s3:CreateBucket", StringComparison.Ordinal));
        var problems = (await cli.RunAsync("lint", @case, "--json")).Json.Member("problems").EnumerateArray().ToList();
        Assert.NotEmpty(problems);
        Assert.All(problems, p => Assert.Equal(@case, p.TextOf("file")));
        Assert.All(problems, p => Assert.Contains("FILL-IN", lines[p.Member("line").GetInt32() - 1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_there_is_not_written_over()
    {
        var file = Path.GetTempFileName();

        Assert.Equal(2, (await cli.RunAsync("new", "playbook", "--rule", "r", "--type", "AWS::S3::Bucket", "--output", file)).ExitCode);
        Assert.Empty(await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("bucket")]
    [InlineData("AWS::NoSuchService::Thing")]
    public async Task Unknown_type_is_refused(string type) =>
        Assert.Equal(2, (await cli.RunAsync("new", "playbook", "--rule", "r", "--type", type)).ExitCode);

    [Fact]
    public async Task Without_a_file_it_is_written_to_standard_output() =>
        Assert.Contains(
            "resource: AWS::S3::Bucket\n",
            (await cli.RunAsync("new", "playbook", "--rule", "r", "--type", "AWS::S3::Bucket")).Out,
            StringComparison.Ordinal);
}
