using Remediator.Emulator;
using Remediator.EndToEnd.Tests.Emulation;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Cli;

/// <summary><c>remediator gameday</c> as a person starts it, on the emulator.</summary>
[Collection(OnTheEmulator.Name)]
[Trait("Category", "Emulator")]
public sealed class GameDayOnTheEmulatorTests(EmulatorFixture on) : IDisposable
{
    private readonly CommandRun cli = new(on);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Exercise_fixes_undoes_escalates_tells_and_leaves_nothing()
    {
        var ran = await cli.RunAsync("gameday", "--yes", "--json", "--topic", on.Deployment.Resources["EscalationTopic"]);

        Assert.True(ran.ExitCode == 0, ran.Out + ran.Error);
        Assert.Contains("not-permitted: s3:PutBucketVersioning was refused", Says(ran, "escalate"), StringComparison.Ordinal);
        Assert.All(ran.Json.Member("notices").EnumerateArray(), n => Assert.True(n.Member("published").GetBoolean()));
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task Session_policy_takes_the_permission_away_where_a_role_is_given()
    {
        string[] write = ["s3:PutBucketVersioning"];
        await on.Emulator.Layer.HoldSessionsAsync(
            new Dictionary<string, IReadOnlyCollection<string>> { [write[0]] = write }, CancellationToken.None);

        var ran = await cli.RunAsync("gameday", "--yes", "--json", "--role", $"arn:aws:iam::{TemplateDeployer.Account}:role/Exercise");

        Assert.True(ran.ExitCode == 0, ran.Out + ran.Error);
        Assert.Contains("no session policy allows the s3:PutBucketVersioning action", Says(ran, "escalate"), StringComparison.Ordinal);
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task Exercise_that_fails_removes_its_buckets_and_says_which_step_failed()
    {
        await on.Emulator.Layer.FailAsync(TemplateDeployer.Account, "s3:PutBucketPolicy", "AccessDenied", 1, CancellationToken.None);

        var ran = await cli.RunAsync("gameday", "--yes", "--json");

        Assert.Equal(1, ran.ExitCode);
        Assert.Equal("deny", ran.Json.Member("steps").EnumerateArray().Single(s => !s.Member("holds").GetBoolean()).TextOf("step"));
        Assert.Equal(2, ran.Json.Member("removed").GetArrayLength());
        Assert.Empty(await LeftAsync());
    }

    private static string Says(Ran ran, string step) =>
        ran.Json.Member("steps").EnumerateArray().Single(s => s.TextOf("step") == step).TextOf("says") ?? "";

    private async Task<IEnumerable<string>> LeftAsync() =>
        from bucket in (await cli.CallAsync("s3:ListBuckets", [])).Member("Buckets").EnumerateArray()
        let name = bucket.TextOf("Name")
        where name.StartsWith("remediator-exercise-", StringComparison.Ordinal)
        select name;
}
