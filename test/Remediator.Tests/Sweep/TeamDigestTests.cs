using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>A team hears once in a period what was changed for it.</summary>
public sealed class TeamDigestTests
{
    private const string Daily = "{defaults: {mode: auto, owner: shop}, digest: {shop: daily, other: daily}}";

    [Fact]
    public async Task Team_is_told_once_after_the_day_what_was_changed_and_how_it_is_put_back()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Daily);
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        await host.SweepAsync();
        Assert.Empty(await host.NoticesAsync());

        await host.SweepAfterAsync(TimeSpan.FromHours(20));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        host.Restart();
        await host.SweepAfterAsync(TimeSpan.FromDays(1));

        var told = Assert.Single(await host.NoticesAsync());
        Assert.Equal(("team_digest", "shop", "info"), (told.TextOf("eventType"), told.TextOf("owner"), told.TextOf("action")));
        Assert.Contains(bucket.Id, told.TextOf("detail"), StringComparison.Ordinal);
        Assert.Contains($"remediator undo {ended.Incident}", told.TextOf("detail"), StringComparison.Ordinal);
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
    }

    [Fact]
    public async Task What_ended_since_and_what_was_put_back_are_told_as_they_are()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Daily);
        var (_, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        await host.PassAsync(TimeSpan.FromMinutes(30));
        AssertOutcome("closed", await host.SendAsync(change.Later(20, Remediator.Incidents.Compliance.Compliant)));
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        await host.SweepAfterAsync(TimeSpan.FromHours(20));

        Assert.Contains("put back since", Assert.Single(await host.NoticesAsync()).TextOf("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weekly_digest_comes_on_monday_only()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto, owner: shop}, digest: {shop: weekly}}");
        await host.FixedBucketAsync(HalfBlocked);
        var days = 0;
        while (!(await host.NoticesAsync()).Any(IsDigest) && days++ < 9)
        {
            await host.SweepAfterAsync(TimeSpan.FromDays(1));
        }

        Assert.Equal(DayOfWeek.Monday, host.Now.DayOfWeek);
        var told = Assert.Single(await host.NoticesAsync(), IsDigest);
        Assert.Contains("in the week from", told.TextOf("wrong"), StringComparison.Ordinal);

        static bool IsDigest(System.Text.Json.JsonElement notice) => notice.TextOf("eventType") is "team_digest";
    }

    [Fact]
    public async Task Digest_that_could_not_be_sent_is_sent_with_the_next_sweep()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Daily);
        await host.FixedBucketAsync(HalfBlocked);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SweepAfterAsync(TimeSpan.FromHours(20));
        host.Faults.Clear();

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Without_a_word_of_the_policy_nobody_is_told()
    {
        await using var host = new InMemoryHost();
        await host.FixedBucketAsync(HalfBlocked);

        await host.SweepAfterAsync(TimeSpan.FromHours(30));

        Assert.Empty(await host.NoticesAsync());
    }
}
