using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>A change after which an alarm rings is taken back, once, and its owner is called; whatever comes in whatever order.</summary>
public sealed class AlarmWatchTests
{
    private const string Member = "222222222222";
    private const string Policy = "defaults: {mode: auto, owner: shop, undo-on: {alarms: [shop-5xx], within: 30m}}";

    [Fact]
    public async Task Alarm_soon_after_the_change_takes_it_back_and_holds_it_and_calls_the_owner_once()
    {
        await using var host = await WatchingAsync();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        AssertOutcome("fixed", ended);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        Ring(host);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        var incident = await host.IncidentOf(ended);
        Assert.Equal((IncidentState.Held, Reason.AlarmRang, false), (incident.State, incident.Reason, incident.IsChanged));
        Assert.Equal("alarm-rang", Assert.Single(await host.NoticesAsync()).TextOf("reason"));

        // Config finds it wrong again, of course: a held incident is not changed again.
        await host.SendAsync(change with { RecordedAt = host.Now });
        await host.SweepAfterAsync(TimeSpan.FromMinutes(10));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Compliant_event_closes_nothing_while_alarms_are_watched_and_the_sweep_closes_it_after_that()
    {
        await using var host = await WatchingAsync();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        var right = change with { Compliance = Compliance.Compliant, RecordedAt = host.Now.AddSeconds(30) };
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        AssertOutcome("skipped", await host.SendAsync(right));
        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);

        for (var pass = 0; pass < 8; pass++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(IncidentState.Closed, (await host.IncidentOf(ended)).State);
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Alarm_that_is_over_again_when_it_is_looked_at_counts_all_the_same()
    {
        await using var host = await WatchingAsync();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await host.SendAsync(change);

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        Ring(host);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        host.Fake.Alarms.Set("shop-5xx", "OK", host.Now);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Alarm_after_the_time_of_the_watch_takes_nothing_back_however_late_the_sweep_is()
    {
        await using var host = await WatchingAsync();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);

        host.Clock.Advance(TimeSpan.FromMinutes(31));
        Ring(host);
        await host.SweepAfterAsync(TimeSpan.FromHours(2));

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Null((await host.IncidentOf(ended)).Watched);
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Event_of_the_alarm_brings_the_look_forward_and_asks_for_no_other_change()
    {
        await using var host = await WatchingAsync();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        await host.SendAsync(change);
        host.Clock.Advance(TimeSpan.FromSeconds(20));

        // Nobody has to believe an event: the alarm itself is read.
        Assert.Equal("looked at 1", Assert.Single(await host.DeliverAsync(Event("shop-5xx"))).Outcome);
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal("looked at 0", Assert.Single(await host.DeliverAsync(Event("another"))).Outcome);

        Ring(host);
        await host.DeliverAsync(Event("shop-5xx"), Event("shop-5xx"));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Alarm_of_a_member_account_takes_back_what_was_changed_there_and_nothing_elsewhere()
    {
        await using var host = await WatchingAsync();
        var (bucket, rule, _) = await host.OpenBucketAsync(HalfBlocked);
        var there = rule with { Arn = rule.Arn.Replace(FakeAws.Account, Member, StringComparison.Ordinal) };
        host.Fake.On("config:DescribeConfigRules", _ => Json.Parse($$$"""
            {"ConfigRules":[{"ConfigRuleName":"{{{there.Name}}}","ConfigRuleArn":"{{{there.Arn}}}",
             "Source":{"Owner":"AWS","SourceIdentifier":"{{{PublicAccess}}}"}}]}
            """));
        AssertOutcome("fixed", await host.SendAsync(Some.Change(there, bucket with { Account = Member }, host.Now)));
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        Ring(host);

        Assert.Equal("looked at 0", Assert.Single(await host.DeliverAsync(Event("shop-5xx"))).Outcome);
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal("looked at 1", Assert.Single(await host.DeliverAsync(Event("shop-5xx", Member))).Outcome);

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Alarm_that_rings_before_the_change_asks_a_person_and_one_that_is_not_there_refuses()
    {
        await using var host = await WatchingAsync();
        Ring(host);
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);

        var asked = await host.SendAsync(change);

        AssertOutcome("awaiting-approval", asked);
        Assert.Equal(Reason.Guarded, (await host.IncidentOf(asked)).Reason);
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));

        await host.UsePolicyAsync(Policy.Replace("shop-5xx", "no-such-alarm", StringComparison.Ordinal));
        var second = await host.BucketAsync("second", HalfBlocked);
        var refused = await host.SendAsync(Some.Change(change.Rule, second, host.Now));
        AssertOutcome("escalated", refused);
        Assert.Equal(Reason.NotConfigured, (await host.IncidentOf(refused)).Reason);
    }

    [Fact]
    public async Task Alarms_that_cannot_be_read_any_more_call_a_person_and_leave_the_change()
    {
        await using var host = await WatchingAsync();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        host.Faults.Inject("cloudwatch:DescribeAlarms", FaultKind.Deny);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(Reason.Unconfirmed, (await host.IncidentOf(ended)).Reason);
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    private static async Task<InMemoryHost> WatchingAsync()
    {
        var host = new InMemoryHost();
        await host.UsePolicyAsync(Policy);
        host.Fake.Alarms.Set("shop-5xx", "OK", host.Now.AddDays(-1));
        return host;
    }

    private static void Ring(InMemoryHost host) => host.Fake.Alarms.Set("shop-5xx", "ALARM", host.Now);

    private static string Event(string alarm, string account = FakeAws.Account) => $$"""
        {"source":"aws.cloudwatch","detail-type":"CloudWatch Alarm State Change",
         "account":"{{account}}","region":"{{FakeAws.Region}}","detail":{"alarmName":"{{alarm}}","state":{"value":"ALARM"} } }
        """;
}
