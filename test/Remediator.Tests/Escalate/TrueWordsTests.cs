using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Escalate;

/// <summary>Messages and answers are true.</summary>
public sealed class TrueWordsTests
{
    [Fact]
    public async Task Fix_that_keeps_being_reverted_is_not_said_to_be_in_place()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        for (var i = 0; i < 4; i++)
        {
            await host.SendAsync(change.Later(i * 10));
            await host.BlockAsync(bucket.Id, HalfBlocked);
            await host.PassAsync(TimeSpan.FromMinutes(10));
        }

        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal(("flapping", "changed, and reverted since by somebody"), (notice.TextOf("reason"), notice.TextOf("inPlace")));
        Assert.True(notice.Member("commands").Member("undo").IsNull());
        Assert.Contains("was reverted 3 times", notice.TextOf("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "reverted once:")]
    [InlineData(2, "reverted 2 times:")]
    public void Times_are_counted_in_words(int reverts, string said) =>
        Assert.Contains(said, Sentences.Flapping(reverts, ""), StringComparison.Ordinal);

    [Fact]
    public async Task Fix_that_a_person_holds_can_be_undone()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var ended = await host.SendAsync(change);
        AssertOutcome("done", await host.OperateAsync(new(OperatorVerb.Hold, ended.Incident!, "alice", "migration", false)));

        AssertOutcome("undone", await host.OperateAsync(new(OperatorVerb.Undo, ended.Incident!, "alice", null, false)));
        var again = await host.OperateAsync(new(OperatorVerb.Undo, ended.Incident!, "alice", null, false));

        Assert.True(StateComparer.Exact.Same(HalfBlocked, await host.BlockAsync(bucket)));
        Assert.Contains("put back already", again.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_that_fails_says_that_the_fix_is_in_place_and_offers_the_undo_again()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:GetPublicAccessBlock", FaultKind.Deny, times: 1);

        AssertOutcome("escalated", await host.UndoAsync(ended.Incident));

        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Contains("Not undone, AWS refused a permission", notice.TextOf("summary"), StringComparison.Ordinal);
        Assert.Equal("changed, and still in place", notice.TextOf("inPlace"));
        Assert.False(notice.Member("commands").Member("undo").IsNull());
        Assert.True(notice.Member("commands").Member("retry").IsNull());
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
    }

    [Fact]
    public async Task What_Config_finds_wrong_again_and_nobody_could_read_is_not_said_to_be_reverted()
    {
        await using var host = new InMemoryHost();
        var (_, _, change, _) = await host.FixedBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:GetPublicAccessBlock", FaultKind.Deny);

        AssertOutcome("escalated", await host.SendAsync(change.Later(10)));

        Assert.Equal("changed, and found wrong again since", Assert.Single(await host.NoticesAsync()).TextOf("inPlace"));
    }

    [Fact]
    public async Task Retry_after_an_undo_that_failed_is_about_the_fix_again()
    {
        await using var host = new InMemoryHost();
        var (_, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:GetPublicAccessBlock", FaultKind.Deny, times: 2);
        await host.UndoAsync(ended.Incident);

        await host.OperateAsync(new(OperatorVerb.Retry, ended.Incident!, "alice", null, false));

        Assert.StartsWith("Not fixed, ", ReasonMeaning.Of(await host.IncidentOf(ended))!.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_incident_that_changed_nothing_says_so()
    {
        await using var host = new InMemoryHost();
        var ended = await host.SendAsync(Some.Change(await host.RuleAsync("NO_PLAYBOOK_ANSWERS_THIS"), Some.Bucket(), host.Now));
        await host.OperateAsync(new(OperatorVerb.Hold, ended.Incident!, "alice", "migration", false));

        var undo = await host.OperateAsync(new(OperatorVerb.Undo, ended.Incident!, "alice", null, false));

        Assert.Contains("changed nothing", undo.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stop", "All changes are stopped")]
    [InlineData("Start", "Changes are allowed again")]
    [InlineData("Hold", "leaves the resource of incident")]
    [InlineData("Acknowledge", "alice has taken on incident")]
    public async Task Command_is_answered_with_what_was_done(string verb, string said)
    {
        await using var host = new InMemoryHost();
        var ended = await host.SendAsync(Some.Change(await host.RuleAsync("NO_PLAYBOOK_ANSWERS_THIS"), Some.Bucket(), host.Now));

        var answer = await host.OperateAsync(new(Enum.Parse<OperatorVerb>(verb), ended.Incident!, "alice", "reason", false));

        AssertOutcome("done", answer);
        Assert.Contains(said, answer.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Frozen")]
    [InlineData("OverBudget")]
    [InlineData("ThrottledOut")]
    [InlineData("BreakerOpen")]
    public void What_goes_on_by_itself_says_so_and_offers_no_retry(string reason)
    {
        var facts = IncidentFacts.Of(SomeNotice.Of(Enum.Parse<Reason>(reason)));

        Assert.Contains("by itself", facts.GoesOn, StringComparison.Ordinal);
        Assert.DoesNotContain(facts.Next, n => n.What is "retry");
    }

    [Theory]
    [InlineData("frozen", PublicAccess, "freezes: [{from: 2026-01-01, until: '2030-01-01', reason: audit}]")]
    [InlineData("unsupported", "NO_PLAYBOOK_ANSWERS_THIS", "escalation: {per-hour: 40}")]
    [InlineData("not-configured", PublicAccess, "rules: [{match: {resource: '*'}, playbook: sns/topic-encryption}]")]
    [InlineData("not-permitted", PublicAccess, "exemptions: [{match: {tag: {public: allowed}}, reason: agreed, until: '2030-01-01'}]")]
    public async Task Notice_of_what_is_refused_names_owner_environment_severity_and_rule(string reason, string rule, string policy)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"{{defaults: {{mode: auto, owner: shop, environment: production, severity: critical}}, {policy}}}");
        host.Faults.Inject("resourcegroupstaggingapi:GetResources", FaultKind.Deny);

        await host.SendAsync(Some.Change(await host.RuleAsync(rule), await host.BucketAsync(), host.Now));

        var notice = Assert.Single(await host.NoticesAsync());
        string[] said = [.. new[] { "reason", "owner", "environment", "severity", "ruleIdentifier" }.Select(m => notice.TextOf(m)!)];
        Assert.Equal([reason, "shop", "production", "critical", rule], said);
    }

    [Fact]
    public void Resolved_message_offers_nothing() =>
        Assert.Empty(IncidentFacts.Of(new(NoticeKind.Resolved, SomeNotice.Of(Reason.Unconfirmed, isAsked: false))).Next);

    [Fact]
    public void Approval_has_the_difference_the_calls_the_impact_and_the_way_back()
    {
        var plan = IncidentFacts.Of(SomeNotice.Of(Reason.ApprovalNeeded)).Plan!;

        Assert.False(plan.IsMade);
        Assert.Equal<string>(["BlockPublicPolicy: false -> true", "RestrictPublicBuckets: false -> true"], plan.Differences);
        Assert.StartsWith("s3:PutPublicAccessBlock Bucket=shop-invoices", Assert.Single(plan.Calls), StringComparison.Ordinal);
        Assert.NotEqual(("", ""), (plan.Impact, plan.UndoNote));
    }

    [Fact]
    public async Task Alert_of_a_breaker_is_resolved_by_a_successful_fix()
    {
        await using var host = new InMemoryHost();
        var rule = await OpenBreakerAsync(host);
        host.Faults.Clear();
        await host.PassAsync(TimeSpan.FromHours(1));

        await host.SendAsync(Some.Change(rule, await host.BucketAsync("c"), host.Now));

        await AssertResolvedAsync(host);
    }

    [Fact]
    public async Task Alert_of_a_breaker_is_resolved_after_an_hour_without_a_failure()
    {
        await using var host = new InMemoryHost();
        await OpenBreakerAsync(host);
        host.Faults.Clear();

        await host.SweepAfterAsync(TimeSpan.FromHours(2));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(10));

        await AssertResolvedAsync(host);
    }

    [Fact]
    public async Task Alert_of_a_breaker_is_resolved_for_the_team_that_was_alerted()
    {
        await using var host = new InMemoryHost();
        var rule = await OpenBreakerAsync(host);
        host.Faults.Clear();
        await host.PassAsync(TimeSpan.FromHours(1));
        await host.UsePolicyAsync("{defaults: {mode: auto, owner: another, severity: critical, environment: test}, guards: {failures: 2}}");

        await host.SendAsync(Some.Change(rule, await host.BucketAsync("c"), host.Now));

        await AssertResolvedAsync(host);
        var closed = host.Fake.Sns.Messages[^1];
        Assert.Equal(["none"], SubscriptionFilters.Values(closed, "team"));
        Assert.Equal(["breaker-open"], SubscriptionFilters.Values(closed, "reason"));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    public async Task Alert_of_an_open_or_half_open_breaker_stays(int minutes)
    {
        await using var host = new InMemoryHost();
        await OpenBreakerAsync(host);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(minutes));

        Assert.DoesNotContain(await host.NoticesAsync(), n => n.TextOf("eventType") is "breaker_closed");
    }

    [Fact]
    public void Expression_that_fails_names_the_setting_and_the_playbook_and_nothing_of_their_insides()
    {
        var at = new Place("s3/some-playbook.yaml", 24, 7);
        var fault = Fault.Of(Assert.Throws<ExpressionException>(() => Expression.Parse("length(`1`)", at, "want").Evaluate(Scope.Empty)))!;

        Assert.Contains("'want' of the playbook s3/some-playbook", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"yaml|\(24|offset|length|Exception", fault.Detail);
    }

    private static async Task<RuleRef> OpenBreakerAsync(InMemoryHost host)
    {
        await host.UsePolicyAsync("{defaults: {mode: auto}, guards: {failures: 2}}");
        var rule = await host.RuleAsync(PublicAccess);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        await host.SendAsync(Some.Change(rule, await host.BucketAsync("a"), host.Now));
        await host.SendAsync(Some.Change(rule, await host.BucketAsync("b"), host.Now));
        Assert.Single(await host.NoticesAsync(), n => n.TextOf("eventType") is "breaker_open");
        return rule;
    }

    private static async Task AssertResolvedAsync(InMemoryHost host)
    {
        var told = (await host.NoticesAsync()).Where(n => n.TextOf("key")!.Contains("breaker", StringComparison.Ordinal)).ToList();
        Assert.Equal(["trigger", "resolve"], told.Select(n => n.TextOf("action")!));
        Assert.Single(told.Select(n => n.TextOf("key")).Distinct());
    }
}
