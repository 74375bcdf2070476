using System.Text.Json.Nodes;
using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>What lasts, from the command line: given, listed, explained, renewed, ended.</summary>
public sealed class OrdersTests
{
    private readonly CliRun cli = new();

    [Fact]
    public async Task Exemption_is_listed_with_who_why_and_until_when_and_explained_and_ended()
    {
        var given = await cli.RunAsync(
            "exempt", "--match", "resource=some-*", "--match", "rule=S3_*", "--until", "30d", "--why", "on purpose");
        Assert.Equal(0, given.ExitCode);

        var listed = (await cli.RunAsync("orders", "--json")).Json.Member("orders").EnumerateArray().Single();
        Assert.Equal(
            ("exempt", "claimed by kim", "on purpose", "some-*", "S3_*"),
            (listed.TextOf("kind"), listed.TextOf("by"), listed.TextOf("why"), listed.Member("match").TextOf("resource"),
                listed.Member("match").TextOf("rule")));
        Assert.Equal(cli.Clock.GetUtcNow().AddDays(30), listed.Member("until").GetDateTimeOffset());
        var explained = await cli.RunAsync(
            "explain", "--rule", "S3_BUCKET_VERSIONING_ENABLED", "--resource-type", "AWS::S3::Bucket", "--resource", "some-bucket");
        Assert.Contains("Left alone: exempt until", explained.Out, StringComparison.Ordinal);
        Assert.Contains("claimed by kim: on purpose", explained.Out, StringComparison.Ordinal);

        Assert.Equal(0, (await cli.RunAsync("lift", listed.TextOf("id")!)).ExitCode);
        Assert.Contains("No order is in force", (await cli.RunAsync("orders")).Out, StringComparison.Ordinal);
        var ended = (await cli.RunAsync("orders", "--ended", "--json")).Json.Member("orders").EnumerateArray().Single();
        Assert.Equal(["exempt, claimed by kim: on purpose", "lift, claimed by kim"],
            ended.Member("history").EnumerateArray().Select(h => h.TextOf("what")!.Split(", until")[0]));
        Assert.Equal(1, (await cli.RunAsync("lift", listed.TextOf("id")!)).ExitCode);
    }

    [Fact]
    public async Task Several_incidents_are_exempted_by_filter_and_show_and_plan_say_which_order_it_was()
    {
        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: approve}");
        string[] ids =
        [
            (await cli.ReplayAsync(await cli.BucketEventAsync("one"), "--json")).Json.TextOf("incident")!,
            (await cli.ReplayAsync(await cli.BucketEventAsync("two"), "--json")).Json.TextOf("incident")!,
        ];

        var ran = await cli.RunAsync("exempt", "--rule", "some-rule", "--until", "2027-01-31", "--why", "on purpose", "--yes", "--json");

        Assert.Equal((0, 2), (ran.ExitCode, ran.Json.Member("outcomes").Member("done").GetInt32()));
        Assert.Equal(2, (await cli.RunAsync("orders", "--json")).Json.Member("orders").GetArrayLength());
        var shown = (await cli.RunAsync("show", ids[0], "--json")).Json;
        Assert.Equal("Held", shown.TextOf("state"));
        Assert.Contains("exempt until 2027-01-31", shown.Member("order").TextOf("says"), StringComparison.Ordinal);
        Assert.Contains("Order       exempt until", (await cli.RunAsync("show", ids[1])).Out, StringComparison.Ordinal);
        var plan = await cli.RunAsync("plan", "--json");
        Assert.Equal(2, plan.Json.Member("then").Member("leave").GetInt32());
        Assert.Contains("claimed by kim: on purpose", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_by_resource_and_until_a_time_keeps_from_a_change()
    {
        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: auto}");
        Assert.Equal(0, (await cli.RunAsync("hold", "--match", "resource=some-bucket", "--until", "3d", "--why", "migration")).ExitCode);

        var ran = await cli.ReplayAsync(await cli.BucketEventAsync(), "--json");

        Assert.Equal("skipped", ran.Json.TextOf("outcome"));
        Assert.DoesNotContain(cli.Aws.Calls, FakeCall.IsMutating);
        Assert.Equal(IncidentState.Held, (await cli.Kept.OpenAsync(default).ToListAsync()).Single().State);
    }

    [Fact]
    public async Task Paused_rule_is_recorded_and_goes_on_when_it_is_resumed()
    {
        cli.Environment["REMEDIATOR_POLICY"] = await PolicyAsync("defaults: {mode: auto}");
        Assert.Equal(0, (await cli.RunAsync("pause", "--rule", "some-rule", "--why", "too much")).ExitCode);
        var observed = await cli.ReplayAsync(await cli.BucketEventAsync(), "--json");
        Assert.Equal("observed", observed.Json.TextOf("outcome"));
        var explained = await cli.RunAsync("explain", "--rule-name", "some-rule", "--resource-type", "AWS::S3::Bucket", "--json");
        Assert.Equal("observe", explained.Json.TextOf("mode"));
        Assert.StartsWith("paused until", explained.Json.TextOf("order"), StringComparison.Ordinal);

        Assert.Equal(0, (await cli.RunAsync("resume", "--rule", "some-rule")).ExitCode);
        await cli.RunAsync("sweep");

        Assert.Equal("Fixed", (await cli.RunAsync("show", observed.Json.TextOf("incident")!, "--json")).Json.TextOf("state"));
    }

    [Theory]
    [InlineData("exempt", "--match", "resource=x", "--why", "y")]
    [InlineData("lift", "exempt-0000000000")]
    [InlineData("resume", "--rule", "some-rule")]
    public async Task What_does_not_fit_is_refused_with_exit_code_1(params string[] arguments)
    {
        var ran = await cli.RunAsync([.. arguments, "--json"]);

        Assert.Equal((1, "refused"), (ran.ExitCode, ran.Json.TextOf("outcome")));
    }

    [Theory]
    [InlineData("exempt", "--match", "resource=*", "--until", "30d", "--why", "y")]
    [InlineData("exempt", "--match", "bucket=x", "--until", "30d", "--why", "y")]
    [InlineData("exempt", "--match", "rule=a", "--match", "rule=b", "--until", "30d", "--why", "y")]
    [InlineData("exempt", "--match", "rule=a", "--team", "shop", "--until", "30d", "--why", "y")]
    [InlineData("exempt", "--match", "rule=a", "--until", "soon", "--why", "y")]
    [InlineData("exempt", "--match", "rule=a", "--until", "30d")]
    [InlineData("exempt", "--until", "30d", "--why", "y")]
    [InlineData("pause", "--why", "y")]
    public async Task What_cannot_be_meant_is_a_usage_error(params string[] arguments) =>
        Assert.Equal(2, (await cli.RunAsync(arguments)).ExitCode);

    [Fact]
    public async Task Order_for_the_deployed_function_is_sent_whole()
    {
        JsonNode? sent = null;
        cli.Aws.On("lambda:Invoke", input =>
        {
            sent = JsonNode.Parse(Convert.FromBase64String(input.TextOf("Payload")!));
            return Json.Object([KeyValuePair.Create("Payload", Json.Text(Convert.ToBase64String("""{"outcome":"done"}"""u8)))]);
        });

        await cli.RunAsync(
            "exempt", "--match", "resource-type=AWS::S3::*", "--match", "resource=x", "--until", "2027-01-31", "--why", "y",
            "--function", "operate");
        Assert.Equal(("Exempt", "kim", "y"), (Sent("command"), Sent("by"), Sent("why")));
        Assert.Equal(new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero), sent!["until"]!.GetValue<DateTimeOffset>());
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["resource"] = "x", ["resourceType"] = "AWS::S3::*" }, sent["match"]));
        await cli.RunAsync("lift", "exempt-0123456789", "--function", "operate");
        Assert.Equal("exempt-0123456789", Sent("order"));

        string Sent(string name) => sent![name]!.GetValue<string>();
    }

    private static async Task<string> PolicyAsync(string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
