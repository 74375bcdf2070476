using System.Text.Json.Nodes;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

public sealed class OperatorTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Undo_puts_back_what_replay_changed_and_holds_the_incident()
    {
        var id = await FixedAsync();

        var ran = await cli.RunAsync("undo", id, "--json");

        Assert.Equal((0, "undone", id), (ran.ExitCode, ran.Json.TextOf("outcome"), ran.Json.TextOf("incident")));
        Assert.Equal("s3:DeletePublicAccessBlock", Assert.Single(ran.Json.Member("calls").EnumerateArray()).TextOf("operation"));
        Assert.Equal("Held", (await cli.RunAsync("show", id, "--json")).Json.TextOf("state"));
    }

    [Fact]
    public async Task Undo_stops_where_somebody_changed_the_setting_and_shows_it()
    {
        var id = await FixedAsync();
        await cli.CallAsync("s3:PutPublicAccessBlock", new()
        {
            ["Bucket"] = "some-bucket",
            ["PublicAccessBlockConfiguration"] = new JsonObject { ["BlockPublicAcls"] = true },
        });

        var ran = await cli.RunAsync("undo", id);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("Found now", ran.Out, StringComparison.Ordinal);
        Assert.Contains("--force", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_with_force_needs_a_reason_and_then_goes_through()
    {
        var id = await FixedAsync();
        await cli.CallAsync("s3:PutPublicAccessBlock", new()
        {
            ["Bucket"] = "some-bucket",
            ["PublicAccessBlockConfiguration"] = new JsonObject { ["BlockPublicAcls"] = true },
        });

        Assert.Equal(1, (await cli.RunAsync("undo", id, "--force")).ExitCode);
        Assert.Equal("undone", (await cli.RunAsync("undo", id, "--force", "--why", "agreed", "--json")).Json.TextOf("outcome"));
    }

    [Fact]
    public async Task Who_and_why_are_in_the_history()
    {
        var id = await FixedAsync();

        await cli.RunAsync("undo", id, "--why", "the website needs it");

        Assert.Contains("undo, claimed by kim: the website needs it", (await cli.RunAsync("show", id)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_carries_out_what_was_asked_about()
    {
        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: approve}");
        var asked = await cli.ReplayAsync(await cli.BucketEventAsync(), "--json");

        var ran = await cli.RunAsync("approve", asked.Json.TextOf("incident")!, "--json");

        Assert.Equal((0, "fixed"), (ran.ExitCode, ran.Json.TextOf("outcome")));
    }

    [Fact]
    public async Task A_command_that_does_not_fit_is_refused_with_exit_code_1()
    {
        var id = await FixedAsync();

        Assert.Equal((1, "refused"), await OutcomeAsync("approve", id));
        Assert.Equal((1, "refused"), await OutcomeAsync("undo", "0000-0000-0000"));
    }

    [Fact]
    public async Task While_everything_is_stopped_an_event_waits_and_after_start_it_is_answered()
    {
        Assert.Equal(0, (await cli.RunAsync("stop", "--why", "release")).ExitCode);
        var stopped = await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto", "--json");
        Assert.Equal((4, "pending"), (stopped.ExitCode, stopped.Json.TextOf("outcome")));
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);

        await cli.RunAsync("start");
        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: auto}");
        Assert.Equal((0, "fixed"), await OutcomeAsync("retry", stopped.Json.TextOf("incident")!));
    }

    [Fact]
    public async Task A_sweep_says_how_many_were_due()
    {
        var ran = await cli.RunAsync("sweep", "--json");

        Assert.Equal((0, 0, 0), (ran.ExitCode, ran.Json.Member("seen").GetInt32(), ran.Json.Member("failed").GetInt32()));
    }

    [Fact]
    public async Task What_was_only_observed_is_fixed_by_the_sweep_once_the_policy_says_auto()
    {
        var observed = await cli.ReplayAsync(await cli.BucketEventAsync(), "--json");
        cli.Clock.Advance(TimeSpan.FromDays(1.1));
        await cli.RunAsync("sweep");
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);

        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: auto}");
        cli.Clock.Advance(TimeSpan.FromDays(1.1));
        await cli.RunAsync("sweep");

        Assert.Equal("Fixed", (await cli.RunAsync("show", observed.Json.TextOf("incident")!, "--json")).Json.TextOf("state"));
    }

    [Fact]
    public async Task A_command_for_the_deployed_function_is_sent_to_it_and_its_answer_is_shown()
    {
        JsonNode? sent = null;
        var to = "";
        cli.Aws.On("lambda:Invoke", input =>
        {
            to = input.TextOf("FunctionName")!;
            sent = JsonNode.Parse(Convert.FromBase64String(input.TextOf("Payload")!));
            var answer = """{"outcome":"conflict","incident":"01AB-CD2E-3F4G","why":"somebody changed it"}"""u8;
            return Json.Object([KeyValuePair.Create("Payload", Json.Text(Convert.ToBase64String(answer)))]);
        });

        var ran = await cli.RunAsync("undo", "01AB-CD2E-3F4G", "--function", "operate", "--force", "--why", "agreed", "--json");

        Assert.Equal((1, "conflict"), (ran.ExitCode, ran.Json.TextOf("outcome")));
        Assert.Equal(
            """{"command":"Undo","by":"kim","incident":"01AB-CD2E-3F4G","why":"agreed","force":true}""",
            sent!.ToJsonString());
        Assert.Equal("operate:live", to);
    }

    // $LATEST has the newest code and settings before they are rolled out, and no alarm watches it.
    [Theory]
    [InlineData("operate", "operate:live")]
    [InlineData("operate:canary", "operate:canary")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:operate", "arn:aws:lambda:us-east-1:123456789012:function:operate:live")]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:operate:7", "arn:aws:lambda:us-east-1:123456789012:function:operate:7")]
    public async Task The_deployed_function_is_called_by_the_alias_that_is_watched(string named, string called)
    {
        var to = "";
        cli.Aws.On("lambda:Invoke", input =>
        {
            to = input.TextOf("FunctionName")!;
            return Json.Object([KeyValuePair.Create("Payload", Json.Text(Convert.ToBase64String("""{"outcome":"closed"}"""u8)))]);
        });

        await cli.RunAsync("start", "--function", named);

        Assert.Equal(called, to);
    }

    [Fact]
    public async Task A_deployed_function_that_fails_is_an_error_of_the_environment()
    {
        cli.Aws.On("lambda:Invoke", """{"FunctionError":"Unhandled","Payload":"e30="}""");

        Assert.Equal(3, (await cli.RunAsync("start", "--function", "operate")).ExitCode);
    }

    private static async Task<string> PolicyAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }

    private async Task<string> FixedAsync() =>
        (await cli.ReplayAsync(await cli.BucketEventAsync(), "--mode", "auto", "--json")).Json.TextOf("incident")!;

    private async Task<(int, string?)> OutcomeAsync(params string[] arguments)
    {
        var ran = await cli.RunAsync([.. arguments, "--json"]);
        return (ran.ExitCode, ran.Json.TextOf("outcome"));
    }
}
