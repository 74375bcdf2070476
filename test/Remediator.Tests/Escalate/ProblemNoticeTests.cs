using System.Text.Json;
using Moq;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Operate;
using Remediator.Record;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Escalate;

/// <summary>The first incidents of one cause are told one by one, the others by one notice with a count.</summary>
public sealed class ProblemNoticeTests
{
    private const string Asks = "{defaults: {mode: approve, owner: shop}, escalation: {problem-after: 3}}";

    [Fact]
    public async Task Many_findings_of_one_cause_are_one_thread_with_a_count_that_is_resolved_with_the_last()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);
        var ids = await FindAsync(host, 8);
        Assert.Equal(3, (await host.NoticesAsync()).Count(n => n.TextOf("eventType") is "approval_needed"));

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        var opened = Assert.Single(await OfAsync(host, "problem_open"));
        Assert.Equal(("trigger", "shop"), (opened.TextOf("action"), opened.TextOf("owner")));
        Assert.StartsWith(
            "5 more incidents of one cause: rule s3-bucket-level-public-access-prohibited had no result before",
            opened.TextOf("wrong"),
            StringComparison.Ordinal);
        var problem = (await host.IncidentAsync(ids[^1]))!.Telling.Problem!;
        Assert.Equal($"remediator approve --problem {problem}", opened.Member("commands").TextOf("approve"));
        Assert.Equal(Assert.Single(ProblemCause.Of(Digest.Of((await host.IncidentAsync(ids[0]))!))).Id, problem);

        ids = [.. ids, .. await FindAsync(host, 2, "later")];
        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        var again = (await OfAsync(host, "problem_open"))[^1];
        Assert.Equal(opened.TextOf("key"), again.TextOf("key"));
        Assert.StartsWith("7 more incidents", again.TextOf("wrong"), StringComparison.Ordinal);

        foreach (var id in ids)
        {
            AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, id, "kim", null, false)));
            Assert.Empty(await OfAsync(host, "problem_closed"));
        }

        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(opened.TextOf("key"), Assert.Single(await OfAsync(host, "problem_closed")).TextOf("key"));
        Assert.Equal(2, (await OfAsync(host, "problem_open")).Count);
    }

    [Fact]
    public async Task Storm_of_one_cause_is_counted_until_it_is_one_and_noted_once_a_minute()
    {
        var (clock, journal, told) = (new TestClock(), new Mock<IJournal>(), 0);
        journal.Setup(j => j.CountAsync(It.IsAny<Budget>(), 1, default)).ReturnsAsync(() => ++told);
        var desk = new ProblemDesk(journal.Object, new() { ProblemAfter = 3 }, clock);

        for (var n = 0; n < 1000; n++)
        {
            var next = Some.Incident(Some.Bucket($"bucket-{n}"), Some.Rule(), now: clock.GetUtcNow());
            var problem = await desk.JoinedAsync(next with { Origin = next.Origin with { IsFirst = true } }, default);
            Assert.Equal(n >= 3, problem is not null);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        journal.Verify(j => j.CountAsync(It.IsAny<Budget>(), 1, default), Moq.Times.Exactly(4));
        journal.Verify(j => j.SetBookmarkAsync(ToldProblem.Joined, It.IsAny<string>(), default), Moq.Times.Exactly(2));
    }

    [Fact]
    public async Task Incidents_without_a_common_cause_are_told_one_by_one()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);

        await FindAsync(host, 6, isFirst: false);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(6, (await OfAsync(host, "approval_needed")).Count);
        Assert.Empty(await OfAsync(host, "problem_open"));
    }

    [Theory]
    [InlineData("{defaults: {mode: approve, owner: shop, severity: critical}, escalation: {problem-after: 3}}", "approval_needed")]
    [InlineData("{defaults: {mode: auto, owner: shop, warn-before: 3h}, escalation: {problem-after: 3}}", "approval_needed")]
    public async Task What_is_critical_or_announced_is_always_told_by_itself(string policy, string kind)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(policy);

        await FindAsync(host, 6);

        Assert.Equal(6, (await OfAsync(host, kind)).Count);
    }

    [Fact]
    public async Task Change_that_fails_is_told_by_itself_also_of_one_that_was_left_to_its_problem()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);
        var left = (await FindAsync(host, 4))[^1];
        Assert.NotNull((await host.IncidentAsync(left))!.Telling.Problem);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);

        await host.OperateAsync(new(OperatorVerb.Approve, left, "kim", null, false));

        var told = Assert.Single(await OfAsync(host, "remediation_failed"));
        Assert.Equal(left, told.TextOf("incident"));
        Assert.Null((await host.IncidentAsync(left))!.Telling.Problem);
    }

    [Fact]
    public async Task Each_owner_is_told_of_what_is_his()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("""
            defaults: {mode: approve, owner: shop}
            escalation: {problem-after: 3}
            rules: [{match: {resource: web-*}, owner: web}]
            """);
        await FindAsync(host, 5);
        await FindAsync(host, 5, "web");

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(["shop", "web"], (await OfAsync(host, "problem_open")).Select(n => n.TextOf("owner")).Order());
        Assert.All(await OfAsync(host, "problem_open"), n => Assert.StartsWith("2 more", n.TextOf("wrong"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task People_are_reminded_of_a_problem_that_nobody_takes_on()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: approve, owner: shop}, escalation: {problem-after: 3, remind-after: [2h, 1d]}}");
        var ids = await FindAsync(host, 5);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        Assert.Single(await OfAsync(host, "problem_open"));

        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        await host.SweepAfterAsync(TimeSpan.FromHours(2));
        var told = await OfAsync(host, "problem_open");
        Assert.Equal(2, told.Count);
        Assert.Equal(told[0].TextOf("key"), told[1].TextOf("key"));

        foreach (var id in ids)
        {
            await host.OperateAsync(new(OperatorVerb.Acknowledge, id, "kim", null, false));
        }

        await host.SweepAfterAsync(TimeSpan.FromDays(1));
        await host.SweepAfterAsync(TimeSpan.FromDays(1));
        Assert.Equal(2, (await OfAsync(host, "problem_open")).Count);
        Assert.Single(await OfAsync(host, "problem_closed"));
    }

    [Fact]
    public async Task Other_team_is_called_once_for_a_problem_that_nobody_takes_on_and_hears_that_it_is_over()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("""
            defaults: {mode: approve, owner: shop, environment: production, escalate-to: {after: 4h, owner: platform}}
            escalation: {problem-after: 3}
            """);
        var ids = await FindAsync(host, 5);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        await host.SweepAfterAsync(TimeSpan.FromHours(3.9));
        Assert.Single(await OfAsync(host, "problem_open"));

        await host.SweepAfterAsync(TimeSpan.FromHours(0.5));
        await host.SweepAfterAsync(TimeSpan.FromHours(12));

        var told = await OfAsync(host, "problem_open");
        Assert.Equal(2, told.Count);
        Assert.Equal(told[0].TextOf("key"), told[1].TextOf("key"));
        Assert.Contains("nobody of shop took it on in 4 hours: platform is called", MailOf(host, "problem_open"), StringComparison.Ordinal);
        Assert.Equal(["shop", "platform"], TeamsOf(host, "problem_open"));

        foreach (var id in ids)
        {
            await host.OperateAsync(new(OperatorVerb.Acknowledge, id, "kim", null, false));
        }

        await host.SweepAfterAsync(TimeSpan.FromDays(1));
        Assert.Equal(["shop", "platform"], TeamsOf(host, "problem_closed"));
    }

    [Fact]
    public async Task Incident_that_was_approved_still_counts_as_one_that_a_new_rule_found()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);
        var id = (await FindAsync(host, 1))[0];

        await host.OperateAsync(new(OperatorVerb.Approve, id, "kim", null, false));

        Assert.True(Digest.Of((await host.IncidentAsync(id))!).IsFirst);
    }

    [Fact]
    public async Task Notice_of_a_problem_that_could_not_be_sent_is_sent_with_a_later_sweep()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(Asks);
        await FindAsync(host, 5);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        host.Faults.Clear();
        host.Restart();

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Single(await OfAsync(host, "problem_open"));
    }

    private static async Task<List<string>> FindAsync(InMemoryHost host, int count, string name = "some", bool isFirst = true)
    {
        var ids = new List<string>();
        var rules = await host.CallAsync("config:DescribeConfigRules", "{}");
        var there = rules.Member("ConfigRules").EnumerateArray().FirstOrDefault();
        var rule = there.TextOf("ConfigRuleArn") is { } arn
            ? new(there.TextOf("ConfigRuleName")!, arn)
            : await host.RuleAsync(PublicAccess);
        for (var n = 0; n < count; n++)
        {
            var bucket = await host.BucketAsync($"{name}-{n}", HalfBlocked);
            var ended = await host.SendAsync(Some.Change(rule, bucket, host.Now) with
            {
                CompliantBefore = isFirst ? null : host.Now.AddDays(-1),
            });
            AssertOutcome("awaiting-approval", ended);
            ids.Add(ended.Incident!);
        }

        return ids;
    }

    private static IEnumerable<string> TeamsOf(InMemoryHost host, string kind) =>
        MessagesOf(host, kind).SelectMany(m => SubscriptionFilters.Values(m, "team"));

    private static string MailOf(InMemoryHost host, string kind) =>
        Json.Parse(MessagesOf(host, kind).Last().TextOf("Message")!).TextOf("email")!;

    private static IEnumerable<JsonElement> MessagesOf(InMemoryHost host, string kind) => host.Fake.Sns.Messages.Where(m =>
        Json.Parse(Json.Parse(m.TextOf("Message")!).TextOf("sqs")!).TextOf("eventType") == kind);

    private static async Task<List<JsonElement>> OfAsync(InMemoryHost host, string kind) =>
        [.. (await host.NoticesAsync()).Where(n => n.TextOf("eventType") == kind)];
}
