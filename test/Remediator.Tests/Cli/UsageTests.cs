using System.Text.RegularExpressions;
using Remediator.Tests.Documentation;

namespace Remediator.Tests.Cli;

public sealed class UsageTests
{
    private readonly CliRun cli = new();

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("replay")]
    [InlineData("replay", "event.json", "--mode", "sometimes")]
    [InlineData("undo")]
    [InlineData("stop")]
    [InlineData("incidents", "--open", "--due")]
    [InlineData("show", "not-an-id")]
    [InlineData("replay", "there-is-no-such-file.json")]
    [InlineData("lint", "there-is-no-such-file.yaml")]
    [InlineData("replay", "event.json", "--param", "nothing")]
    [InlineData("test", "s3/bucket-versionin")]
    [InlineData("gameday")]
    [InlineData("test", "s3/bucket-versioning", "--case", "no-such-case.yaml")]
    public async Task A_command_line_that_cannot_be_used_exits_with_2_and_says_why_on_standard_error(params string[] arguments)
    {
        var ran = await cli.RunAsync(arguments);

        Assert.Equal(2, ran.ExitCode);
        Assert.NotEmpty(ran.Error);
        Assert.Empty(ran.Out);
    }

    [Fact]
    public async Task The_version_is_the_one_that_is_built_with_its_commit()
    {
        var version = Regex.Match(Documents.Read("Directory.Build.props"), "<VersionPrefix>(.+)</VersionPrefix>").Groups[1].Value;

        var ran = await cli.RunAsync("--version");

        Assert.Equal(0, ran.ExitCode);
        Assert.Matches($@"^{Regex.Escape(version)} \(commit ([0-9a-f]{{40}}|unknown)\)$", ran.Out.Trim());
    }

    [Fact]
    public async Task Wrong_command_gets_the_help_with_the_right_one()
    {
        var ran = await cli.RunAsync("replay", "one.json", "two.json");

        Assert.Contains("'remediator replay --help' shows how it is used.", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("replay")]
    [InlineData("incidents")]
    [InlineData("show")]
    [InlineData("undo")]
    [InlineData("approve")]
    [InlineData("retry")]
    [InlineData("stop")]
    [InlineData("start")]
    [InlineData("sweep")]
    [InlineData("lint")]
    [InlineData("catalog")]
    [InlineData("generate")]
    [InlineData("acknowledge")]
    [InlineData("hold")]
    [InlineData("history")]
    [InlineData("rollback")]
    [InlineData("plan")]
    [InlineData("use")]
    [InlineData("completion")]
    [InlineData("new")]
    [InlineData("test")]
    [InlineData("gameday")]
    public async Task The_help_of_a_command_shows_it_used_and_every_exit_code(string command)
    {
        var ran = await cli.RunAsync(command, "--help");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains($"remediator {command}", ran.Out.Split("Examples:")[1], StringComparison.Ordinal);
        Assert.All(["0  ", "1  ", "2  ", "3  ", "4  "], code =>
            Assert.Contains($"  {code}", ran.Out.Split("Exit codes:")[1], StringComparison.Ordinal));
        Assert.Contains("--json", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_missing_setting_is_named_at_once_with_exit_code_3()
    {
        cli.Environment.Remove("REMEDIATOR_JOURNAL_TABLE");
        cli.Environment.Remove("AWS_REGION");

        var ran = await cli.RunAsync("incidents");

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains("REMEDIATOR_JOURNAL_TABLE, AWS_REGION", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_not_there_exits_with_3_and_names_what_would_name_another()
    {
        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--policy", "no-such-policy.yaml");

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains("REMEDIATOR_POLICY", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_that_cannot_be_entered_is_reported_before_any_call()
    {
        cli.Environment["REMEDIATOR_ACCOUNT_ID"] = "999999999999";

        var ran = await cli.ReplayAsync(await cli.BucketEventAsync());

        Assert.Equal(3, ran.ExitCode);
        Assert.Contains("REMEDIATOR_MEMBER_ROLE", ran.Error, StringComparison.Ordinal);
        Assert.Empty(cli.Aws.Calls);
    }

    [Fact]
    public async Task A_permission_that_is_missing_ends_in_an_escalation_that_names_it()
    {
        cli.Aws.On("config:DescribeConfigRules", _ =>
            throw Testing.Fakes.FakeAws.Error("config:DescribeConfigRules", "AccessDeniedException", 400));

        var ran = await cli.ReplayAsync(Testing.Some.Event(Testing.Some.Change(Testing.Some.Rule(), Testing.Some.Bucket())));

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("config:DescribeConfigRules", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
    }
}
