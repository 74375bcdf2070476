using System.Linq.Expressions;
using Moq;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Escalate;

/// <summary>How often people are notified.</summary>
public sealed class EscalationTests
{
    private const string Unsupported = "NO_PLAYBOOK_ANSWERS_THIS";

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Storm_of_ten_thousand_events_is_the_policys_notices_and_one_summary_and_all_are_accounted_for()
    {
        await using var host = new InMemoryHost();
        // Half of them are for this account.
        await host.UsePolicyAsync("{defaults: {mode: auto}, escalation: {per-hour: 40, problem-after: 1000000}}");
        var rule = await host.RuleAsync(Unsupported);
        var ended = new List<Ended>();
        for (var i = 0; i < 10_000; i++)
        {
            ended.Add(await host.SendAsync(Some.Change(rule, Some.Bucket($"bucket-{i}"), host.Now)));
        }

        Assert.All(ended, e => AssertOutcome("escalated", e));
        Assert.Equal(20, (await host.NoticesAsync()).Count);

        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        await host.SweepAsync();

        var summary = Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "storm_summary");
        Assert.Contains("9980 more notices", summary.TextOf("summary"), StringComparison.Ordinal);
        Assert.Equal("info", summary.TextOf("action"));
        Assert.Contains($"{rule.Name}: unsupported", summary.TextOf("detail"), StringComparison.Ordinal);
        Assert.Equal(21, (await host.NoticesAsync()).Count);
    }

    [Fact]
    public async Task Notices_below_the_limit_need_no_summary()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, escalation: {per-hour: 2}}");
        await EscalateAsync(host, "one");
        await EscalateAsync(host, "two");

        await host.SweepAfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, (await host.NoticesAsync()).Count);
    }

    [Fact]
    public async Task Unacknowledged_notice_is_repeated_at_the_policys_times_under_the_same_key()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, escalation: {remind-after: [1h, 4h]}}");
        await EscalateAsync(host, "one");

        var counts = new List<int>();
        for (var hour = 0; hour < 8; hour++)
        {
            await host.SweepAfterAsync(TimeSpan.FromHours(1));
            counts.Add((await host.NoticesAsync()).Count);
        }

        Assert.Equal([2, 2, 2, 3, 3, 3, 3, 3], counts);
        Assert.Single((await host.NoticesAsync()).Select(n => n.TextOf("key")).Distinct());
    }

    [Fact]
    public async Task Acknowledged_incident_reminds_nobody()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, escalation: {remind-after: [1h]}}");
        var ended = await EscalateAsync(host, "one");
        await host.OperateAsync(new(OperatorVerb.Acknowledge, ended.Incident!, "alice", null, false));

        await host.SweepAfterAsync(TimeSpan.FromHours(2));

        Assert.Single(await host.NoticesAsync());
        Assert.Equal("alice", (await host.IncidentOf(ended)).Telling.AcknowledgedBy);
    }

    [Fact]
    public async Task A_notice_that_SNS_refuses_once_is_sent_by_the_sweep_and_not_again()
    {
        var publisher = new Mock<IPublisher>();
        publisher.SetupSequence(p => p.PublishAsync(It.IsAny<Message>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new AwsException("sns:Publish", "InternalError", 500, "request", "try again"))
            .Returns(Task.CompletedTask);
        await using var host = new InMemoryHost { Publisher = publisher.Object };
        await EscalateAsync(host, "one");

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        publisher.Verify(To(InMemoryHost.People), Times.Exactly(2));
    }

    [Fact]
    public async Task A_topic_that_refuses_keeps_the_notice_from_no_other_and_the_other_gets_it_once()
    {
        const string Machines = "arn:aws:sns:us-east-1:123456789012:events";
        var publisher = new Mock<IPublisher>();
        publisher.SetupSequence(To(InMemoryHost.People))
            .ThrowsAsync(new AwsException("sns:Publish", "AuthorizationError", 403, "request", "not allowed"))
            .Returns(Task.CompletedTask);
        await using var host = new InMemoryHost { Publisher = publisher.Object, Machines = Machines };
        await EscalateAsync(host, "one");

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        publisher.Verify(To(InMemoryHost.People), Times.Exactly(2));
        publisher.Verify(To(Machines), Times.Once);
    }

    private static Expression<Func<IPublisher, Task>> To(string topic) =>
        p => p.PublishAsync(It.Is<Message>(m => m.TopicArn == topic), It.IsAny<CancellationToken>());

    private static async Task<Ended> EscalateAsync(InMemoryHost host, string bucket) =>
        await host.SendAsync(Some.Change(await host.RuleAsync(Unsupported), Some.Bucket(bucket), host.Now));
}
