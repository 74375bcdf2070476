using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Scenarios;

/// <summary>Where the policy says so, people hear of a change first, and it comes unless they object.</summary>
public sealed class AnnouncedChangeTests
{
    private const string Warns = "defaults: {mode: auto, owner: shop, warn-before: 3d}";

    [Fact]
    public async Task Change_is_announced_with_its_plan_and_made_when_the_time_is_over_without_anybody()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await AnnouncedAsync(host);

        var told = Assert.Single(await host.NoticesAsync());
        Assert.Equal(("announced", "trigger"), (told.TextOf("reason"), told.TextOf("action")));
        Assert.Contains("It is changed at 2026-", told.TextOf("detail"), StringComparison.Ordinal);
        Assert.NotEmpty(told.Member("plan").Member("differences").EnumerateArray());
        Assert.Contains("remediator hold", told.Member("commands").TextOf("hold"), StringComparison.Ordinal);
        Assert.Contains("remediator exempt", told.Member("commands").TextOf("exempt"), StringComparison.Ordinal);
        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));
        await host.SweepAfterAsync(TimeSpan.FromDays(1.8));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        await host.SweepAfterAsync(TimeSpan.FromDays(0.2));

        AssertSame(Blocked, await host.BlockAsync(bucket));
        var incident = await host.IncidentOf(ended);
        Assert.Equal(IncidentState.Fixed, incident.State);
        Assert.False(incident.Course!.IsAsked);
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Newer_events_neither_change_it_nor_tell_again_before_the_time()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await AnnouncedAsync(host);
        var change = ComplianceChange.Of(await host.IncidentOf(ended));
        await host.PassAsync(TimeSpan.FromHours(2));

        AssertOutcome("awaiting-approval", await host.SendAsync(change.Later(30)));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Somebody_who_agrees_need_not_wait()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await AnnouncedAsync(host);

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, ended.Incident!, "alice", null, false)));

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Whoever_holds_it_objects_and_afterwards_it_is_announced_anew()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await AnnouncedAsync(host);
        await host.OperateAsync(new(OperatorVerb.Hold, ended.Incident!, "alice", "release", false) { Until = host.Now.AddDays(5) });
        await host.SweepAfterAsync(TimeSpan.FromDays(4));
        Assert.Equal(IncidentState.Held, (await host.IncidentOf(ended)).State);

        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));

        Assert.Equal(2, (await host.NoticesAsync()).Count);
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        await host.SweepAfterAsync(TimeSpan.FromDays(2.9));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        await host.SweepAfterAsync(TimeSpan.FromDays(0.2));
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Whoever_exempts_it_objects()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await AnnouncedAsync(host);
        await host.OperateAsync(new(OperatorVerb.Exempt, ended.Incident!, "alice", "on purpose", false) { Until = host.Now.AddDays(30) });

        await host.SweepAfterAsync(TimeSpan.FromDays(3.1));
        await host.SweepAfterAsync(TimeSpan.FromDays(3.1));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Equal(IncidentState.Held, (await host.IncidentOf(ended)).State);
    }

    [Fact]
    public async Task Plan_that_is_another_by_then_is_announced_anew_with_the_whole_time()
    {
        const string tagged = "defaults: {mode: auto, warn-before: 3d, params: {tags: {owner: WHO}}}";
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(tagged.Replace("WHO", "platform", StringComparison.Ordinal));
        var change = Testing.Some.Change(
            await host.RuleAsync(RequiredTags, """{"tag1Key":"owner"}"""), await host.BucketAsync(), host.Now);
        var ended = await host.SendAsync(change);
        AssertOutcome("awaiting-approval", ended);
        await host.UsePolicyAsync(tagged.Replace("WHO", "data", StringComparison.Ordinal));

        await host.SweepAfterAsync(TimeSpan.FromDays(3.1));

        Assert.Equal(IncidentState.AwaitingApproval, (await host.IncidentOf(ended)).State);
        Assert.Equal(2, (await host.NoticesAsync()).Count);
        await host.SweepAfterAsync(TimeSpan.FromDays(2.8));
        Assert.Equal(IncidentState.AwaitingApproval, (await host.IncidentOf(ended)).State);
        await host.SweepAfterAsync(TimeSpan.FromDays(0.3));
        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
    }

    [Fact]
    public async Task Notice_that_nobody_got_starts_no_time()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Warns);
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SendAsync(change);
        await host.SweepAfterAsync(TimeSpan.FromDays(4));
        host.Faults.Clear();

        await host.SweepAfterAsync(TimeSpan.FromMinutes(10));
        Assert.Single(await host.NoticesAsync());
        await host.SweepAfterAsync(TimeSpan.FromDays(2.9));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        await host.SweepAfterAsync(TimeSpan.FromDays(1.1));

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task It_is_announced_in_a_freeze_and_waits_for_its_end_after_the_time()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($$"""
            defaults: {mode: auto, warn-before: 3d}
            freezes: [{from: 2026-01-01, until: '{{host.Now.AddDays(5):O}}', reason: a launch}]
            """);
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        AssertOutcome("awaiting-approval", ended);

        await host.SweepAfterAsync(TimeSpan.FromDays(3.1));
        Assert.Equal(Reason.Frozen, (await host.IncidentOf(ended)).Reason);
        await host.SweepAfterAsync(TimeSpan.FromDays(2));

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Change_that_asks_anyway_is_not_announced_and_what_is_observed_tells_nobody()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: approve, warn-before: 3d}");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.SendAsync(change);
        Assert.Equal(Reason.ApprovalNeeded, (await host.IncidentOf(asked)).Reason);

        await using var other = new InMemoryHost();
        await other.UsePolicyAsync("defaults: {mode: observe, warn-before: 3d}");
        var (_, _, seen) = await other.OpenBucketAsync(HalfBlocked);
        AssertOutcome("observed", await other.SendAsync(seen));
        Assert.Empty(await other.NoticesAsync());
    }

    [Fact]
    public async Task Finding_that_is_right_by_then_is_closed_and_those_who_heard_are_told()
    {
        await using var host = new InMemoryHost();
        var (_, ended) = await AnnouncedAsync(host);
        var change = ComplianceChange.Of(await host.IncidentOf(ended));
        await host.PassAsync(TimeSpan.FromHours(2));

        AssertOutcome("closed", await host.SendAsync(change.Later(60, Compliance.Compliant)));

        Assert.Equal("resolve", (await host.NoticesAsync())[^1].TextOf("action"));
    }

    private static async Task<(ResourceKey Bucket, Ended Ended)> AnnouncedAsync(InMemoryHost host)
    {
        await host.UsePolicyAsync(Warns);
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        AssertOutcome("awaiting-approval", ended);
        return (bucket, ended);
    }
}
