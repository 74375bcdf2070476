using System.Text.Json;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>The settings of a deployed stack, stored in a file of the user.</summary>
public sealed class UseTests : IDisposable
{
    private readonly CliRun cli = new();
    private readonly string home = Directory.CreateTempSubdirectory().FullName;

    public UseTests()
    {
        cli.Environment["XDG_CONFIG_HOME"] = home;
        foreach (
            var name in cli
                .Environment.Keys.Where(k =>
                    k.StartsWith("REMEDIATOR_", StringComparison.Ordinal) && k is not ("REMEDIATOR_PLAYBOOKS" or "REMEDIATOR_POLICY"))
                .ToList())
        {
            cli.Environment.Remove(name);
        }

        cli.Aws.On("cloudformation:DescribeStacks", input => input.TextOf("StackName") is "remediator"
                ? Json.Parse(
                    """
                    {"Stacks":[{"StackId":"arn:aws:cloudformation:us-east-1:123456789012:stack/remediator/1",
                     "Parameters":[{"ParameterKey":"MemberRoleName","ParameterValue":"RemediatorMember"}],
                     "Outputs":[{"OutputKey":"JournalTable","OutputValue":"the-journal"},{"OutputKey":"JournalKeyArn",
                      "OutputValue":"arn:key"},
                      {"OutputKey":"EscalationTopicArn","OutputValue":"arn:aws:sns:us-east-1:123456789012:people"},
                       {"OutputKey":"OperateFunctionName","OutputValue":"remediator-Operate"}]}]}
                    """
                )
            : input.TextOf("StackName") is "other" ? Json.Parse("""{"Stacks":[{"StackId":"arn:x","Outputs":[]}]}""")
            : throw new AwsException(
                "cloudformation:DescribeStacks", "ValidationError", 400, "some-request", "Stack with id nothing does not exist"));
        cli.Aws.On("cloudformation:DescribeStackResources", """
            {"StackResources":[
             {"ResourceType":"AWS::SQS::Queue","PhysicalResourceId":"https://sqs.us-east-1.amazonaws.com/1/remediator-Failed"},
             {"ResourceType":"AWS::IAM::Role","PhysicalResourceId":"remediator-AccountRole"},
             {"ResourceType":"AWS::Events::Rule","PhysicalResourceId":"remediator-members|remediator-Forwarded"},
             {"ResourceType":"AWS::CloudWatch::Alarm","PhysicalResourceId":"remediator-SweepStopped"}]}
            """);
    }

    private string Kept => Path.Combine(home, "remediator", "settings.json");

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task Commands_take_what_was_read_from_the_stack()
    {
        Assert.Equal(3, (await cli.RunAsync("incidents")).ExitCode);

        var used = await cli.RunAsync("use", "--stack", "remediator");

        Assert.Equal(0, used.ExitCode);
        Assert.Contains("REMEDIATOR_JOURNAL_TABLE=the-journal", used.Out, StringComparison.Ordinal);
        Assert.Contains("REMEDIATOR_MEMBER_ROLE=RemediatorMember", used.Out, StringComparison.Ordinal);
        Assert.Contains("REMEDIATOR_ACCOUNT_ID=123456789012", used.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await cli.RunAsync("incidents")).ExitCode);
        cli.Environment.Remove("AWS_REGION");
        Assert.Equal(0, (await cli.RunAsync("incidents")).ExitCode);
    }

    [Fact]
    public async Task What_the_stack_is_made_of_is_kept_so_that_no_command_changes_it()
    {
        var used = await cli.RunAsync("use", "--stack", "remediator");

        Assert.Contains("REMEDIATOR_STACK=remediator", used.Out, StringComparison.Ordinal);
        Assert.Contains(
            "REMEDIATOR_OWN_ARNS=arn:aws:sqs:us-east-1:123456789012:remediator-Failed,arn:aws:iam:us-east-1:123456789012:"
            + "remediator-AccountRole,arn:aws:events:us-east-1:123456789012:remediator-Forwarded",
            used.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_that_may_not_be_listed_are_said_to_be_unknown()
    {
        cli.Aws.Faults.Inject("cloudformation:DescribeStackResources", Testing.Fakes.FaultKind.Deny);

        var used = await cli.RunAsync("use", "--stack", "remediator");

        Assert.Equal(0, used.ExitCode);
        Assert.DoesNotContain("REMEDIATOR_OWN_ARNS", used.Out, StringComparison.Ordinal);
        Assert.Contains("cloudformation:DescribeStackResources", used.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_of_people_go_to_the_function_of_the_stack_unless_they_are_to_be_local()
    {
        await cli.RunAsync("use", "--stack", "remediator");
        var called = new List<string>();
        cli.Aws.On("lambda:Invoke", input =>
        {
            called.Add(input.TextOf("FunctionName")!);
            return Json.Object([
                KeyValuePair.Create(
                    "Payload",
                    Json.Text(Convert.ToBase64String("""{"outcome":"done","incident":null,"why":"stopped"}"""u8))
                ),
            ]);
        });

        Assert.Equal(0, (await cli.RunAsync("stop", "--why", "release")).ExitCode);
        Assert.Equal(0, (await cli.RunAsync("start", "--local")).ExitCode);
        Assert.Equal(0, (await cli.RunAsync("start", "--function", "another")).ExitCode);
        Assert.Equal(2, (await cli.RunAsync("start", "--function", "another", "--local")).ExitCode);

        Assert.Equal(["remediator-Operate:live", "another:live"], called);
    }

    [Fact]
    public async Task Commands_go_to_the_URL_of_the_function_where_the_stack_has_one()
    {
        cli.Aws.On("cloudformation:DescribeStacks", _ => Json.Parse(
            """
            {"Stacks":[{"StackId":"arn:aws:cloudformation:us-east-1:123456789012:stack/remediator/1","Parameters":[],
             "Outputs":[{"OutputKey":"JournalTable","OutputValue":"the-journal"},
              {"OutputKey":"OperateFunctionName","OutputValue":"operate"},
              {"OutputKey":"OperateUrl","OutputValue":"https://abc.lambda-url.us-east-1.on.aws/"}]}]}
            """));
        await cli.RunAsync("use", "--stack", "remediator");
        var sent = new List<(Uri Url, string Body)>();
        var status = 200;
        cli.Post = (url, body, _) =>
        {
            sent.Add((url, body));
            return Task.FromResult((status, """{"outcome":"done","incident":null,"why":"stopped"}"""));
        };

        Assert.Equal(0, (await cli.RunAsync("stop", "--why", "release")).ExitCode);
        status = 403;
        var refused = await cli.RunAsync("stop", "--why", "release");

        Assert.Equal("https://abc.lambda-url.us-east-1.on.aws/", sent[0].Url.AbsoluteUri);
        Assert.Contains("\"command\":\"Stop\"", sent[0].Body, StringComparison.Ordinal);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("lambda:InvokeFunctionUrl", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(cli.Aws.Calls, c => c is "lambda:Invoke");
    }

    [Fact]
    public async Task The_environment_goes_before_what_is_kept_and_never_mixes_two_deployments()
    {
        await cli.RunAsync("use", "--stack", "remediator");
        cli.Environment["REMEDIATOR_JOURNAL_TABLE"] = "another-journal";

        // The stack's function belongs to another deployment than the journal in the environment.
        Assert.Equal(0, (await cli.RunAsync("stop", "--why", "release")).ExitCode);

        Assert.DoesNotContain(cli.Aws.Calls, c => c is "lambda:Invoke");
        Assert.Contains(
            "REMEDIATOR_JOURNAL_TABLE=the-journal    (the environment says another-journal)",
            (await cli.RunAsync("use", "--show")).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saved_settings_can_be_shown_and_cleared()
    {
        await cli.RunAsync("use", "--stack", "remediator", "--region", "eu-central-1", "--profile", "production");

        var shown = (await cli.RunAsync("use", "--show", "--json")).Json;
        Assert.Equal(("remediator", Kept), (shown.TextOf("stack"), shown.TextOf("file")));
        Assert.Equal(
            ("eu-central-1", "production"),
            (shown.Member("settings").TextOf("AWS_REGION"), shown.Member("settings").TextOf("AWS_PROFILE")));

        await cli.RunAsync("use", "--clear");

        Assert.False(File.Exists(Kept));
        Assert.Equal(JsonValueKind.Null, (await cli.RunAsync("use", "--show", "--json")).Json.Member("stack").ValueKind);
        Assert.Equal(3, (await cli.RunAsync("incidents")).ExitCode);
    }

    [Theory]
    [InlineData(2, "use")]
    [InlineData(2, "use", "--stack", "remediator", "--clear")]
    [InlineData(2, "use", "--stack", "nothing")]
    [InlineData(2, "use", "--stack", "other")]
    public async Task Unusable_stack_is_refused_and_no_setting_is_saved(int exitCode, params string[] arguments)
    {
        Assert.Equal(exitCode, (await cli.RunAsync(arguments)).ExitCode);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public async Task Unreadable_settings_file_is_reported_with_the_remedy_which_works()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
        await File.WriteAllTextAsync(Kept, "{\"stack\":");

        var ran = await cli.RunAsync("incidents");
        Assert.Equal(3, ran.ExitCode);
        Assert.Contains("use --clear", ran.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await cli.RunAsync("use", "--stack", "remediator")).ExitCode);
        Assert.Equal(0, (await cli.RunAsync("incidents")).ExitCode);
    }
}
