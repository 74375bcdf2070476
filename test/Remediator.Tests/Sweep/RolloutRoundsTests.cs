using System.Collections.Immutable;
using Moq;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>A rollout rises by itself, is held by what became of its changes, and goes on at a person's word.</summary>
public sealed class RolloutRoundsTests
{
    private const string TenDays = "defaults: {mode: auto, owner: platform, rollout: {start: 0%, over: 10d}}";

    private const string HalfOfAll = "defaults: {mode: auto, owner: platform, rollout: {start: 50%, over: 5d}}";

    [Fact]
    public async Task Resource_is_observed_until_the_share_has_reached_it_and_changed_then()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(TenDays);
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await host.SweepAsync();
        var seen = await host.SendAsync(change);
        AssertOutcome("observed", seen);

        await DaysAsync(host, 10);

        Assert.Equal(100, (await StateAsync(host)).Share);
        AssertSame(Blocked, await host.BlockAsync(bucket));
        var incident = await host.IncidentOf(seen);
        Assert.Equal((await StateAsync(host)).Id, incident.Terms.Rollout);
        Assert.DoesNotContain(await host.NoticesAsync(), n => n.TextOf("eventType") is "rollout_held");
    }

    [Fact]
    public async Task Share_rises_only_with_a_sweep_that_has_looked_at_what_became_of_the_changes()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(TenDays);
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await host.SweepAsync();

        await host.PassAsync(TimeSpan.FromDays(30));

        AssertOutcome("observed", await host.SendAsync(change));
    }

    [Fact]
    public async Task Undo_holds_it_where_it_is_with_one_notice_and_a_person_lets_it_go_on_from_there()
    {
        await using var host = new InMemoryHost();
        var id = await UndoneAsync(host);

        await DaysAsync(host, 3);

        var held = await StateAsync(host);
        var share = held.Share;
        Assert.Contains("1 of 1 change put back (public on purpose)", held.Held!.Why, StringComparison.Ordinal);
        var told = Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "rollout_held");
        Assert.Equal("platform", told.TextOf("owner"));
        Assert.Contains("public on purpose", told.TextOf("detail"), StringComparison.Ordinal);
        Assert.Equal($"remediator resume --rollout {id} --why 'reason'", told.Member("commands").TextOf("go on"));

        AssertOutcome("refused", await ResumeAsync(host, id, why: null));
        AssertOutcome("refused", await ResumeAsync(host, "rollout-0000000000", "x"));
        AssertOutcome("done", await ResumeAsync(host, id, "the undo was a mistake"));
        Assert.Equal((share, null), ((await StateAsync(host)).Share, (await StateAsync(host)).Held));
        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(share, (await StateAsync(host)).Share);
        await DaysAsync(host, 1);
        Assert.InRange((await StateAsync(host)).Share, share + 9, share + 11);
        Assert.Contains(
            (await StateAsync(host)).Entries, e => e.What == "resume, claimed by alice: the undo was a mistake");
        Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "rollout_held");
    }

    [Fact]
    public async Task Second_undo_after_a_person_let_it_go_on_holds_it_again()
    {
        await using var host = new InMemoryHost();
        var id = await UndoneAsync(host);
        await DaysAsync(host, 1);
        await ResumeAsync(host, id, "a mistake");
        Assert.Null((await StateAsync(host)).Held);

        await UndoneAsync(host, "another");
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.NotNull((await StateAsync(host)).Held);
    }

    [Fact]
    public async Task Notice_that_could_not_be_sent_is_sent_with_a_later_sweep_and_then_no_more()
    {
        await using var host = new InMemoryHost();
        await UndoneAsync(host);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(false, (await StateAsync(host)).Held?.IsTold);
        host.Faults.Clear();
        host.Restart();

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "rollout_held");
    }

    [Fact]
    public async Task Person_holds_it_without_a_notice()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(TenDays);
        await DaysAsync(host, 1);
        var state = await StateAsync(host);

        AssertOutcome("done", await SayAsync(host, OperatorVerb.Pause, state.Id, "release weekend"));
        AssertOutcome("done", await SayAsync(host, OperatorVerb.Pause, state.Id, "again"));
        await DaysAsync(host, 2);

        Assert.Equal(state.Share, (await StateAsync(host)).Share);
        Assert.Contains("release weekend", (await StateAsync(host)).Held!.Why, StringComparison.Ordinal);
        Assert.Empty(await host.NoticesAsync());
    }

    [Theory]
    [InlineData("rollout: 10%")]
    [InlineData("rollout: {start: 3%, over: 10d}")]
    [InlineData("mode: observe, rollout: {start: 0%, over: 10d}")]
    public async Task What_the_policy_lowered_is_not_raised_by_what_was_before(string lowered)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(TenDays);
        await DaysAsync(host, 5);
        Assert.InRange((await StateAsync(host)).Share, 45, 55);

        await host.UsePolicyAsync(lowered.Contains("mode") ? $"defaults: {{ {lowered} }}" : $"defaults: {{ mode: auto, {lowered} }}");
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.InRange((await host.Journal.RolloutsAsync(default)).Items.Select(r => r.Share).DefaultIfEmpty(0).Max(), 0, 3);
        await host.UsePolicyAsync(TenDays);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(0, (await StateAsync(host)).Share);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("pause")]
    [InlineData("freeze")]
    public async Task Time_in_which_nothing_may_be_changed_does_not_count(string how)
    {
        await using var host = new InMemoryHost();
        var freeze = how is "freeze" ? $"freezes: [{{from: '{host.Now:O}', until: '{host.Now.AddDays(5):O}', reason: fair}}]" : "";
        await host.UsePolicyAsync($$$"""
            rules: [{match: {rule: S3_*}, mode: auto, rollout: {start: 0%, over: 10d}}]
            {{{freeze}}}
            """);
        await host.SweepAsync();
        _ = how switch
        {
            "stop" => await host.OperateAsync(new(OperatorVerb.Stop, "", "alice", "fair", false)),
            "pause" => await host.OperateAsync(new(OperatorVerb.Pause, "", "alice", "fair", false)
            {
                Match = new() { Rule = "S3_BUCKET_LEVEL*" },
                Until = host.Now.AddDays(5),
            }),
            _ => null,
        };

        await DaysAsync(host, 4);
        Assert.Equal(0, (await StateAsync(host)).Share);
        await host.PassAsync(TimeSpan.FromDays(1.1));
        await host.OperateAsync(new(OperatorVerb.Start, "", "alice", null, false));
        await host.SweepAsync();
        await DaysAsync(host, 1);

        Assert.InRange((await StateAsync(host)).Share, 9, 22);
    }

    [Fact]
    public async Task Two_sweeps_at_once_hold_it_once_and_tell_under_one_key()
    {
        await using var host = new InMemoryHost();
        await UndoneAsync(host);
        await host.PassAsync(TimeSpan.FromMinutes(5));

        await Task.WhenAll(host.SweepAsync(), host.SweepAsync());

        var told = (await host.NoticesAsync()).Where(n => n.TextOf("eventType") is "rollout_held");
        Assert.Single(told.Select(n => n.TextOf("key")).Distinct());
        Assert.Single((await StateAsync(host)).Entries, e => e.Kind is EntryKind.Escalated);
    }

    [Theory]
    [InlineData("defaults: {mode: auto, rollout: 50%}", false)]
    [InlineData("{defaults: {mode: auto, rollout: 50%}, rules: [{match: {rule: SNS_*}, rollout: {start: 5%, over: 1d}}]}", false)]
    [InlineData("{defaults: {mode: auto, rollout: {start: 5%, over: 1d}}, rules: [{match: {rule: S3_*}, rollout: 50%}]}", false)]
    [InlineData("{defaults: {mode: auto, rollout: {start: 5%, over: 1d}}, rules: [{match: {tag: {a: b}}, rollout: 50%}]}", true)]
    [InlineData("defaults: {mode: auto, rollout: {start: 5%, over: 1d}}", true)]
    public void Only_for_an_event_that_one_applies_to_it_is_asked_how_far_rollouts_are(string policy, bool asks) => Assert.Equal(
        asks,
        PolicyReader.Read("policy.yaml", policy).LooksAtRollouts(
            new(Some.Bucket("bucket"), "a-rule", PublicAccess) { Tags = ImmutableDictionary<string, string>.Empty }));

    [Fact]
    public async Task Process_asks_once_in_a_minute()
    {
        var (clock, journal) = (new TestClock(), new Mock<IJournal>());
        journal.Setup(j => j.RolloutsAsync(default)).ReturnsAsync(RolloutBook.Empty);
        var known = new KnownRollouts(journal.Object, clock);

        for (var seconds = 0; seconds < 90; seconds += 10)
        {
            await known.NowAsync(default);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        journal.Verify(j => j.RolloutsAsync(default), Times.Exactly(2));
    }

    /// <summary>A change under a rollout, put back by a person. The share is such that the bucket is in it.</summary>
    private static async Task<string> UndoneAsync(InMemoryHost host, string name = "bucket")
    {
        await host.UsePolicyAsync(HalfOfAll);
        await host.SweepAsync();
        while (Rollout.PlaceOf(Some.Bucket(name)) >= 50)
        {
            name += "x";
        }

        var bucket = await host.BucketAsync(name, HalfBlocked);
        var rule = await host.RuleAsync(PublicAccess);
        var done = await host.SendAsync(Some.Change(rule, bucket, host.Now));
        AssertOutcome("fixed", done);
        AssertOutcome("undone", await host.UndoAsync(done.Incident, why: "public on purpose"));
        return (await StateAsync(host)).Id;
    }

    private static async Task DaysAsync(InMemoryHost host, int days)
    {
        for (var hours = 0; hours < days * 24; hours += 4)
        {
            await host.SweepAfterAsync(TimeSpan.FromHours(4));
        }
    }

    private static async Task<RolloutState> StateAsync(InMemoryHost host) =>
        Assert.Single((await host.Journal.RolloutsAsync(default)).Items);

    private static Task<Ended> ResumeAsync(InMemoryHost host, string id, string? why) => SayAsync(host, OperatorVerb.Resume, id, why);

    private static Task<Ended> SayAsync(InMemoryHost host, OperatorVerb verb, string id, string? why) =>
        host.OperateAsync(new(verb, "", "alice", why, false) { Order = id });
}
