using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Tests.Cli;

/// <summary>Rising rollouts from the command line: listed, explained, planned with, held, let go on.</summary>
public sealed class RolloutsTests : IDisposable
{
    private const string Policy = "defaults: {mode: auto, owner: platform, rollout: {start: 1%, to: 90%, over: 10d}}";
    private readonly CliRun cli = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    private static string Id => PolicyRollout.Of(PolicyReader.Read("policy.yaml", Policy))[0].Id;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task It_is_listed_from_the_policy_and_from_the_journal_once_the_sweep_has_begun_it()
    {
        await PolicyAsync(Policy);
        var ahead = await cli.RunAsync("rollouts");
        Assert.Contains($"{Id}  1%, begins to rise with the next sweep", ahead.Out, StringComparison.Ordinal);

        await cli.RunAsync("sweep");

        var listed = (await cli.RunAsync("rollouts", "--json")).Json;
        Assert.Equal((Id, 1), (listed.Member("rollouts")[0].TextOf("id"), listed.Member("rollouts")[0].Member("share").GetInt32()));
        Assert.Equal(0, listed.Member("ahead").GetArrayLength());
    }

    [Fact]
    public async Task Person_holds_it_and_lets_it_go_on_and_who_and_why_stand_in_the_journal()
    {
        await PolicyAsync(Policy);
        await cli.RunAsync("sweep");

        Assert.Equal(0, (await cli.RunAsync("pause", "--rollout", Id, "--why", "release weekend")).ExitCode);
        Assert.Contains("held since", (await cli.RunAsync("rollouts")).Out, StringComparison.Ordinal);
        var resumed = await cli.RunAsync("resume", "--rollout", Id, "--why", "it is over");

        Assert.Contains("rises again, from 1%", resumed.Out, StringComparison.Ordinal);
        Assert.Equal(
            ["began with 1%", "pause, claimed by kim: release weekend", "resume, claimed by kim: it is over"],
            (await cli.RunAsync("rollouts", "--json")).Json.Member("rollouts")[0].Member("history").EnumerateArray()
                .Select(h => h.TextOf("what")));
    }

    [Fact]
    public async Task Report_says_how_far_it_is_and_why_it_is_held()
    {
        await PolicyAsync(Policy);
        await HeldAsync(share: 25);
        var page = Path.Combine(folder.FullName, "report.html");

        var report = await cli.RunAsync("report", "--html", page);

        Assert.Contains("How far rollouts are", report.Out, StringComparison.Ordinal);
        Assert.Contains("25%, begun", report.Out, StringComparison.Ordinal);
        Assert.Contains("held since", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        var listed = (await cli.RunAsync("report", "--json")).Json.Member("rollouts")[0];
        Assert.Equal((Id, 25), (listed.TextOf("id"), listed.Member("share").GetInt32()));
        Assert.NotNull(listed.TextOf("heldWhy"));
    }

    [Theory]
    [InlineData("pause", "--why", "x")]
    [InlineData("pause", "--rule", "a", "--rollout", "b", "--why", "x")]
    [InlineData("pause", "--rollout", "b", "--account", "111111111111", "--why", "x")]
    [InlineData("resume", "--rollout", "b", "--region", "eu-west-1")]
    public async Task Half_a_command_is_refused(params string[] words) => Assert.Equal(2, (await cli.RunAsync(words)).ExitCode);

    [Fact]
    public async Task Explain_says_the_share_in_force_and_why_it_is_held()
    {
        await PolicyAsync(Policy);
        await HeldAsync(share: 0);

        var ran = await cli.RunAsync(
            "explain", "--rule", "S3_BUCKET_VERSIONING_ENABLED", "--resource-type", "AWS::S3::Bucket", "--resource", "logs");

        Assert.Contains("nothing is changed: the resource is not of the share of 0%", ran.Out, StringComparison.Ordinal);
        Assert.Contains($"the share in force is 0% ({Id}: 0%, begun", ran.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 2 changes put back", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"rollout +from 1% to 90% over 10d", ran.Out);
    }

    [Fact]
    public async Task Plan_says_that_a_resource_is_not_of_the_share()
    {
        await PolicyAsync(Policy);
        await HeldAsync(share: 0);
        await cli.ReplayAsync(await cli.BucketEventAsync());

        var plan = await cli.RunAsync("plan", "--policy", cli.Environment["REMEDIATOR_POLICY"], "--json");

        Assert.Contains("not of the share of 0% that the rollout has reached", plan.Out, StringComparison.Ordinal);
    }

    private async Task HeldAsync(int share) => Assert.True(await cli.Kept.WriteRolloutsAsync(
        [
            new()
            {
                Id = Id,
                About = "everything",
                BegunAt = cli.Clock.GetUtcNow(),
                Share = share,
                From = share,
                Since = cli.Clock.GetUtcNow(),
                Held = new(cli.Clock.GetUtcNow(), "1 of 2 changes put back"),
            },
        ],
        RolloutBook.Empty,
        default));

    private async Task PolicyAsync(string text)
    {
        var file = Path.Combine(folder.FullName, "policy.yaml");
        await File.WriteAllTextAsync(file, text);
        cli.Environment["REMEDIATOR_POLICY"] = file;
    }
}
