using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Escalate;

/// <summary>People are notified once, truthfully, and again when it is over, even if SNS or a worker fails.</summary>
public sealed class NoticeTests
{
    [Fact]
    public async Task Notice_that_could_not_be_sent_is_not_sent_once_the_resource_is_fixed()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        AssertOutcome("escalated", await host.SendAsync(change));
        host.Faults.Clear();
        AssertOutcome("fixed", await host.SendAsync(change.Later(1)));

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Notice_after_which_the_worker_stopped_is_resolved_all_the_same()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        host.Fake.On("sns:Publish", input => host.Fake.Sns.Publish(input) is var _ ? throw new KilledException() : default);
        Assert.True((await host.SendAsync(change)).IsHandedBack);
        host.Fake.On("sns:Publish", host.Fake.Sns.Publish);
        host.Restart();

        await host.PassAsync(TimeSpan.FromMinutes(4));
        AssertOutcome("closed", await host.SendAsync(change.Later(15, Compliance.Compliant)));

        Assert.Equal(["remediation_failed", "remediation_resolved"], (await host.NoticesAsync()).Select(n => n.TextOf("eventType")!));
        Assert.Single((await host.NoticesAsync()).Select(n => n.TextOf("key")).Distinct());
    }

    [Fact]
    public async Task Topic_that_refuses_for_ever_does_not_make_the_other_one_repeat_itself()
    {
        await using var host = new InMemoryHost { Machines = "arn:aws:sns:us-east-1:123456789012:events" };
        host.Fake.On("sns:Publish", input =>
            input.TextOf("TopicArn") == host.Machines ? throw FakeAws.Error("sns:Publish", "NotFound", 404) : host.Fake.Sns.Publish(input));
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        var ended = await host.SendAsync(change);
        AssertOutcome("escalated", ended);
        for (var i = 0; i < 5; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        }

        Assert.Single(host.Fake.Sns.Messages);
        Assert.Equal(NoticeState.Due, (await host.IncidentOf(ended)).Telling.Notice);

        for (var i = 0; i < 5; i++)
        {
            await host.SendAsync(change.Later(40 + i, Compliance.Compliant));
        }

        Assert.Equal(2, host.Fake.Sns.Messages.Count);

        // Once the topic accepts messages again it gets those that it lacks, and the incident is over.
        host.Fake.On("sns:Publish", host.Fake.Sns.Publish);
        AssertOutcome("closed", await host.SendAsync(change.Later(45, Compliance.Compliant)));
        Assert.Equal([InMemoryHost.People, InMemoryHost.People, host.Machines], host.Fake.Sns.Messages.Select(m => m.TextOf("TopicArn")!));
    }

    [Fact]
    public async Task Summary_of_a_storm_comes_once_although_the_other_topic_refuses()
    {
        await using var host = new InMemoryHost { Machines = "arn:aws:sns:us-east-1:123456789012:events" };
        await host.UsePolicyAsync("{defaults: {mode: auto}, escalation: {per-hour: 1}}");
        host.Fake.On("sns:Publish", input =>
            input.TextOf("TopicArn") == host.Machines ? throw FakeAws.Error("sns:Publish", "NotFound", 404) : host.Fake.Sns.Publish(input));
        var rule = await host.RuleAsync("NO_PLAYBOOK_ANSWERS_THIS");
        for (var i = 0; i < 3; i++)
        {
            await host.SendAsync(Some.Change(rule, Some.Bucket($"bucket-{i}"), host.Now));
        }

        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "storm_summary");
    }

    [Fact]
    public async Task Breaker_whose_notice_could_not_be_sent_is_reported_when_it_opens_again()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, guards: {failures: 1}}");
        var rule = await host.RuleAsync(PublicAccess);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SendAsync(Some.Change(rule, await host.BucketAsync("a"), host.Now));
        await host.SendAsync(Some.Change(rule, await host.BucketAsync("b"), host.Now));
        host.Faults.Inject("sns:Publish", FaultKind.Delay);

        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        await host.SweepAfterAsync(TimeSpan.FromHours(1));

        Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "breaker_open");
    }

    [Fact]
    public async Task Exempted_resource_reminds_nobody()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, escalation: {remind-after: [1h]}}");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        await host.SendAsync(change);
        await host.UsePolicyAsync($$"""
            {defaults: {mode: auto}, escalation: {remind-after: [1h]},
             exemptions: [{match: {resource-type: 'AWS::S3::Bucket'}, reason: agreed, until: '{{host.Now.AddDays(9):yyyy-MM-dd}}'}]}
            """);

        await host.SweepAfterAsync(TimeSpan.FromHours(2));

        Assert.Equal(["trigger", "resolve"], (await host.NoticesAsync()).Select(n => n.TextOf("action")!));
    }

    [Fact]
    public void Notice_of_a_very_large_change_is_no_larger_than_SNS_takes()
    {
        ImmutableArray<System.Text.Json.JsonElement> removed = [.. Enumerable.Range(0, 20_000).Select(i => Json.Text($"rule {i}"))];
        var plan = new Plan([
            new()
            {
                Step = "rules",
                Before = Json.List(removed),
                After = Json.List([]),
                Removed = removed,
                Calls = [],
            },
        ]);
        var incident = Some.Incident() with
        {
            State = IncidentState.Escalated,
            Reason = Reason.Conflict,
            Detail = new string('x', 300_000),
            Change = Some.Planned(plan),
        };

        var messages = new EscalationTopics("arn:people", "arn:machines")
            .Messages(lines => IncidentFacts.Of(new(NoticeKind.Escalation, incident), lines), [Route.Of(incident)]).ToList();

        Assert.All(messages, m => Assert.InRange(m.ByProtocol.Values.Sum(v => v.Length), 1, 200_000));
        Assert.Contains("more: remediator show", messages[0].ByProtocol["email"], StringComparison.Ordinal);
    }
}
