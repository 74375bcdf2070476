using System.Text.Json;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

[Collection(OnTheEmulator.Name)]
public sealed class ReplayOnTheEmulatorTests(EmulatorFixture on) : IDisposable
{
    private readonly CommandRun cli = new(on);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Observed_first_then_fixed_by_the_same_event_and_undone_exactly()
    {
        var (bucket, change) = await cli.BucketAsync();

        var observed = await cli.RunAsync("replay", change, "--mode", "observe", "--json");
        Assert.Equal((0, "observed"), observed.End);
        Assert.Equal(["outcome", "incident", "calls", "before", "after", "reason"], observed.Json.EnumerateObject().Select(m => m.Name));
        Assert.True((await cli.BlockAsync(bucket)).IsNull());

        var done = await cli.RunAsync("replay", change, "--mode", "auto", "--json");
        Assert.Equal((0, "fixed"), done.End);
        var call = Assert.Single(done.Json.Member("calls").EnumerateArray());
        Assert.Equal(["operation", "input"], call.EnumerateObject().Select(m => m.Name));
        Assert.Equal(("s3:PutPublicAccessBlock", bucket), (call.TextOf("operation"), call.Member("input").TextOf("Bucket")));
        Assert.Equal(call.GetRawText(), observed.Json.Member("calls")[0].GetRawText());
        Assert.Equal(JsonValueKind.Null, done.Json.Member("before").ValueKind);
        Assert.True(StateComparer.Exact.Same(await cli.BlockAsync(bucket), done.Json.Member("after")));
        var id = done.Json.TextOf("incident")!;
        Assert.Equal((0, "Fixed"), await StateAsync(id));

        var undone = await cli.RunAsync("undo", id, "--json");
        Assert.Equal((0, "undone"), undone.End);
        Assert.Equal("s3:DeletePublicAccessBlock", Assert.Single(undone.Json.Member("calls").EnumerateArray()).TextOf("operation"));
        Assert.True((await cli.BlockAsync(bucket)).IsNull());
        Assert.Equal((0, "Held"), await StateAsync(id));
        Assert.Equal((1, "refused"), (await cli.RunAsync("undo", id, "--json")).End);
        var open = (await cli.RunAsync("incidents", "--json")).Json.Member("incidents").EnumerateArray();
        Assert.Equal(bucket, open.Single(i => i.TextOf("id") == id).TextOf("resourceId"));
    }

    [Fact]
    public async Task What_the_settings_name_as_the_services_own_is_left_alone()
    {
        var (name, file) = await cli.BucketAsync();
        await cli.CallAsync("config:PutConfigRule", new()
        {
            ["ConfigRule"] = new System.Text.Json.Nodes.JsonObject
            {
                ["ConfigRuleName"] = name,
                ["Source"] = new System.Text.Json.Nodes.JsonObject { ["Owner"] = "AWS", ["SourceIdentifier"] = "DYNAMODB_PITR_ENABLED" },
            },
        });
        var change = (await File.ReadAllTextAsync(file)).Replace("AWS::S3::Bucket", "AWS::DynamoDB::Table", StringComparison.Ordinal)
            .Replace($"\"resourceId\":\"{name}\"", $"\"resourceId\":\"{on.Deployment.Resources["Journal"]}\"", StringComparison.Ordinal);

        var left = await cli.RunAsync("replay", await cli.FileAsync("own.json", change), "--mode", "auto", "--json");

        Assert.Equal((1, "escalated"), left.End);
        Assert.Contains("part of Remediator itself", left.Json.TextOf("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_stops_where_somebody_changed_the_setting_and_force_needs_a_reason()
    {
        var (bucket, change) = await cli.BucketAsync();
        var id = (await cli.RunAsync("replay", change, "--mode", "auto", "--json")).Json.TextOf("incident")!;
        await cli.CallAsync("s3:PutPublicAccessBlock", new()
        {
            ["Bucket"] = bucket,
            ["PublicAccessBlockConfiguration"] = new System.Text.Json.Nodes.JsonObject { ["BlockPublicAcls"] = true },
        });

        var stopped = await cli.RunAsync("undo", id, "--json");
        Assert.Equal((1, "conflict"), stopped.End);
        Assert.NotEmpty(stopped.Json.Member("conflicts").EnumerateArray());
        Assert.Equal((1, "refused"), (await cli.RunAsync("undo", id, "--force", "--json")).End);
        Assert.False((await cli.BlockAsync(bucket)).IsNull());

        Assert.Equal((0, "undone"), (await cli.RunAsync("undo", id, "--force", "--why", "agreed", "--json")).End);
        Assert.True((await cli.BlockAsync(bucket)).IsNull());
    }

    [Fact]
    public async Task Asked_first_and_approved_by_a_person_while_changes_are_allowed()
    {
        var (bucket, change) = await cli.BucketAsync();
        var asked = await cli.RunAsync("replay", change, "--mode", "approve", "--json");
        Assert.Equal((0, "awaiting-approval"), asked.End);
        var id = asked.Json.TextOf("incident")!;
        var asks = await cli.FileAsync("asks.yaml", "defaults: {mode: approve}");

        Assert.Equal(0, (await cli.RunAsync("stop", "--why", "release")).ExitCode);
        try
        {
            Assert.Equal((4, "pending"), (await cli.RunAsync("approve", id, "--policy", asks, "--json")).End);
            Assert.True((await cli.BlockAsync(bucket)).IsNull());
        }
        finally
        {
            Assert.Equal(0, (await cli.RunAsync("start")).ExitCode);
        }

        var policy = await cli.FileAsync("policy.yaml", "defaults: {mode: auto}");
        Assert.Equal((0, "fixed"), (await cli.RunAsync("retry", id, "--policy", policy, "--json")).End);
        Assert.False((await cli.BlockAsync(bucket)).IsNull());
    }

    [Fact]
    public async Task In_a_pipe_the_text_is_plain_and_tells_the_story()
    {
        var (bucket, change) = await cli.BucketAsync();

        var ran = await cli.RunAsync("replay", change, "--mode", "auto");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.DoesNotContain('\u001b', ran.Out);
        Assert.All([bucket, "BlockPublicAcls: (not set) -> true", "s3:PutPublicAccessBlock", "read back and found right"], text =>
            Assert.Contains(text, ran.Out, StringComparison.Ordinal));
    }

    private async Task<(int ExitCode, string? State)> StateAsync(string id)
    {
        var shown = await cli.RunAsync("show", id, "--json");
        return (shown.ExitCode, shown.Json.TextOf("state"));
    }
}
