using System.Reflection;
using System.Text.Json;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary><c>remediator gameday</c>: what it touches, what it says, and what it leaves.</summary>
public sealed class GameDayTests
{
    private const string Topic = "arn:aws:sns:us-east-1:123456789012:exercise";

    private CliRun cli = new();

    [Fact]
    public async Task Every_step_holds_and_nothing_is_left()
    {
        var ran = await cli.RunAsync("gameday", "--yes", "--json");

        Assert.True(ran.ExitCode == 0, ran.Out + ran.Error);
        Assert.Equal(
            [
                "drift", "fix", "read", "undo", "read-after-undo",
                "ask", "deny", "escalate", "told", "allow", "retry", "close", "samples", "removed",
            ],
            ran.Json.Member("steps").EnumerateArray().Select(s => s.TextOf("step")));
        Assert.Empty(await BucketsAsync());
    }

    [Fact]
    public async Task Every_notice_is_marked_in_each_of_its_forms_and_goes_to_the_chosen_topic_alone()
    {
        var ran = await cli.RunAsync("gameday", "--yes", "--json", "--topic", Topic);

        var published = cli.Aws.All.Where(c => c.Operation is "sns:Publish").Select(c => c.Input).ToList();
        Assert.Equal(ran.Json.Member("notices").GetArrayLength(), published.Count);
        Assert.All(published, input =>
        {
            Assert.Equal(Topic, input.TextOf("TopicArn"));
            Assert.StartsWith("EXERCISE ", input.TextOf("Subject"), StringComparison.Ordinal);
            Assert.True(input.TextOf("Subject")!.Length <= 100);
            Assert.All(
                Json.Parse(input.TextOf("Message")!).EnumerateObject(),
                form => Assert.True(IsMarked(form.Value.GetString()!), form.Value.GetString()));
        });
        string[] kinds = [.. ran.Json.Member("notices").EnumerateArray().Select(n => n.TextOf("kind")!).Distinct().Order()];
        Assert.Equal(
            [
                "approval_needed", "breaker_closed", "breaker_open", "exemption_ends", "finding_notes_fail", "problem_closed",
                "problem_open", "remediation_failed", "remediation_resolved", "rollout_held", "storm_summary", "team_digest",
            ],
            kinds);

        // The next kind that is about no one incident is missed here.
        var constants = typeof(ServiceNotice).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral);
        Assert.Empty(constants.Select(f => (string)f.GetRawConstantValue()!).Except(kinds));
    }

    [Fact]
    public async Task Nothing_is_begun_without_a_yes()
    {
        cli = new() { IsTerminal = true, Input = "no\n" };

        var ran = await cli.RunAsync("gameday");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("Begin? Type yes", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("s3:CreateBucket", cli.Aws.Calls);
    }

    [Fact]
    public async Task Buckets_are_removed_after_a_step_that_fails()
    {
        cli.Aws.On("s3:PutBucketVersioning", _ => throw FakeAws.Error("s3:PutBucketVersioning", "AccessDenied", 403));

        var ran = await cli.RunAsync("gameday", "--yes", "--json");

        Assert.Equal(1, ran.ExitCode);
        Assert.Equal("fix", ran.Json.Member("steps").EnumerateArray().Single(s => !s.Member("holds").GetBoolean()).TextOf("step"));
        Assert.Empty(await BucketsAsync());
    }

    [Fact]
    public async Task Bucket_that_could_not_be_tagged_is_removed_too()
    {
        cli.Aws.On("s3:PutBucketTagging", _ => throw FakeAws.Error("s3:PutBucketTagging", "AccessDenied", 403));

        Assert.Equal(1, (await cli.RunAsync("gameday", "--yes", "--json")).ExitCode);
        Assert.Empty(await BucketsAsync());
    }

    [Fact]
    public async Task Remains_of_an_earlier_exercise_are_removed_by_their_tag_and_nothing_else_is()
    {
        await MakeAsync("remediator-exercise-drift-1", "remediator:exercise");
        await MakeAsync("remediator-exercise-of-somebody", "team");
        await MakeAsync("orders", "remediator:exercise");

        var ran = await cli.RunAsync("gameday", "--yes", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("remediator-exercise-drift-1", ran.Json.Member("removed").EnumerateArray().Select(b => b.GetString()));
        Assert.Equal("remediator-exercise-of-somebody", Assert.Single(ran.Json.Member("untagged").EnumerateArray()).GetString());
        Assert.Equal(["orders", "remediator-exercise-of-somebody"], await BucketsAsync());
    }

    [Fact]
    public async Task Bucket_that_cannot_be_removed_is_named_with_what_to_do()
    {
        cli.Aws.On("s3:DeleteBucket", _ => throw FakeAws.Error("s3:DeleteBucket", "BucketNotEmpty", 409));

        var ran = await cli.RunAsync("gameday", "--yes");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("aws s3api delete-bucket --bucket remediator-exercise-drift-", ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto", "fixed by the deployed service", true)]
    [InlineData("observe", "the policy observes", false)]
    [InlineData("approve", "a person was asked", false)]
    public async Task Deployed_service_answers_by_its_own_policy_and_its_incident_is_closed(string mode, string says, bool isRead)
    {
        var queue = Deployed(Enum.Parse<Mode>(mode, ignoreCase: true));
        await RuleAsync();

        var ran = await cli.RunAsync("gameday", "--yes", "--json", "--deployed");

        Assert.True(ran.ExitCode == 0, ran.Out + ran.Error);
        var steps = ran.Json.Member("steps").EnumerateArray().ToDictionary(s => s.TextOf("step")!, s => s.TextOf("says")!);
        Assert.Contains(says, steps["deployed-answer"], StringComparison.Ordinal);
        Assert.Equal(isRead, steps.ContainsKey("deployed-read"));
        Assert.Equal(["NON_COMPLIANT", "NOT_APPLICABLE"], queue.Said);
        Assert.Empty(await BucketsAsync());
        Assert.Empty(await cli.Kept.OpenAsync(default).ToListAsync());
    }

    [Fact]
    public async Task Without_the_rule_nothing_is_put_on_the_queue()
    {
        var queue = Deployed(Mode.Auto);

        var ran = await cli.RunAsync("gameday", "--yes", "--json", "--deployed");

        Assert.Equal(1, ran.ExitCode);
        Assert.Empty(queue.Said);
        Assert.Empty(await BucketsAsync());
    }

    /// <summary>A deployment whose function takes each message as it is sent.</summary>
    private DeliveringQueue Deployed(Mode mode)
    {
        var policy = Policy.Default with { Defaults = Policy.Default.Defaults with { Mode = mode, Owner = "shop", Rollout = new(100) } };
        var queue = new DeliveringQueue(cli, policy);
        cli.Queue = queue;
        return queue;
    }

    private Task<JsonElement> RuleAsync() => cli.CallAsync("config:PutConfigRule", new()
    {
        ["ConfigRule"] = new System.Text.Json.Nodes.JsonObject
        {
            ["ConfigRuleName"] = "versioning",
            ["Source"] = new System.Text.Json.Nodes.JsonObject
            {
                ["Owner"] = "AWS",
                ["SourceIdentifier"] = "S3_BUCKET_VERSIONING_ENABLED",
            },
        },
    });

    private static bool IsMarked(string form) =>
        form.StartsWith("EXERCISE", StringComparison.Ordinal)
        || (form.StartsWith('{') && (Json.Parse(form).Member("exercise").ValueKind is JsonValueKind.True
            || Json.Parse(form).Member("content").TextOf("title")!.StartsWith("EXERCISE ", StringComparison.Ordinal)));

    private async Task<string[]> BucketsAsync() =>
        [.. (await cli.CallAsync("s3:ListBuckets", [])).Member("Buckets").EnumerateArray().Select(b => b.TextOf("Name")!).Order()];

    private async Task MakeAsync(string bucket, string tag)
    {
        await cli.CallAsync("s3:CreateBucket", new() { ["Bucket"] = bucket });
        var tags = JsonElement.Parse($$$"""{"Bucket":"{{{bucket}}}","Tagging":{"TagSet":[{"Key":"{{{tag}}}","Value":"1"}]}}""");
        await cli.Aws.Behind.CallAsync("s3:PutBucketTagging", tags, CancellationToken.None);
    }
}
