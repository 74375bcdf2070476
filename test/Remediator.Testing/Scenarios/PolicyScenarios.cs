using System.Globalization;
using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing.Fakes;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>What policy or people forbid is not done.</summary>
internal static class PolicyScenarios
{
    public static async Task Observe_mode_plans_and_changes_nothing(IScenarioHost host)
    {
        await host.UsePolicyAsync("defaults: {}");
        var (bucket, _, change) = await host.OpenBucketAsync();

        var ended = await host.SendAsync(change);

        AssertOutcome("observed", ended);
        Assert.Empty(host.Changes());
        Assert.True((await host.BlockAsync(bucket)).IsNull());
        Assert.Equal(["s3:PutPublicAccessBlock"], (await host.IncidentOf(ended)).Plan!.Calls.Select(c => c.Operation));
        Assert.Empty(await host.NoticesAsync());
    }

    public static async Task Approve_mode_asks_once_and_changes_after_a_person_agreed(IScenarioHost host)
    {
        await host.UsePolicyAsync("defaults: {mode: approve, owner: platform}");
        var (bucket, _, change) = await host.OpenBucketAsync();

        var asked = await host.SendAsync(change);
        AssertOutcome("awaiting-approval", asked);
        AssertOutcome("awaiting-approval", await host.SendAsync(change.Later(10)));
        Assert.Empty(host.Changes());
        Assert.Equal("approval_needed", Assert.Single(await host.NoticesAsync()).TextOf("eventType"));

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));
        AssertSame(Blocked, await host.BlockAsync(bucket));
        AssertOutcome("refused", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));
    }

    public static async Task Approved_fix_that_fails_is_reported_although_a_notice_asked_before(IScenarioHost host)
    {
        await host.UsePolicyAsync("defaults: {mode: approve}");
        var (_, _, change) = await host.OpenBucketAsync(HalfBlocked);
        var asked = await host.SendAsync(change);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.DoNothing);

        AssertOutcome("escalated", await host.OperateAsync(new(OperatorVerb.Approve, asked.Incident!, "alice", null, false)));

        Assert.Equal(["approval-needed", "not-verified"], (await host.NoticesAsync()).Select(n => n.TextOf("reason")));
    }

    public static async Task Retry_by_a_person_after_the_permission_was_given_fixes(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        var ended = await host.SendAsync(change);
        host.Faults.Clear();

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Retry, ended.Incident!, "alice", null, false)));

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    public static async Task Exempt_resource_is_left_alone_until_the_exemption_ends(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync();
        await host.UsePolicyAsync(Exemption(change, host.Now.AddDays(1)));
        var ended = await host.SendAsync(change);
        AssertOutcome("skipped", ended);
        Assert.Contains("public on purpose", ended.Why, StringComparison.Ordinal);
        Assert.Empty(host.Changes());

        await host.UsePolicyAsync(Exemption(change, host.Now.AddDays(-1)));
        AssertOutcome("fixed", await host.SendAsync(change));
    }

    public static async Task Frozen_change_is_reported_once_and_made_when_the_freeze_ends(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        await host.UsePolicyAsync(Freeze(host.Now.AddHours(2)));
        AssertOutcome("escalated", await host.SendAsync(change));
        AssertOutcome("escalated", await host.SendAsync(change.Later(10)));
        Assert.Empty(host.Changes());
        Assert.Equal("frozen", Assert.Single(await host.NoticesAsync()).TextOf("reason"));

        await host.UsePolicyAsync(Freeze(host.Now.AddSeconds(-1)));
        await host.SweepAfterAsync(TimeSpan.FromHours(3));

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Single(await host.NoticesAsync());
    }

    public static async Task Used_up_budget_stops_the_change(IScenarioHost host)
    {
        await host.UsePolicyAsync("{defaults: {mode: auto}, budgets: {per-hour: 1}}");
        var rule = await host.RuleAsync(PublicAccess);
        var (first, second) = (await host.BucketAsync("first"), await host.BucketAsync("second"));

        AssertOutcome("fixed", await host.SendAsync(Some.Change(rule, first, host.Now)));
        AssertOutcome("escalated", await host.SendAsync(Some.Change(rule, second, host.Now)));

        Assert.True((await host.BlockAsync(second)).IsNull());
        Assert.Equal("over-budget", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    public static async Task Stop_switch_stops_all_changes_until_it_is_released(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        AssertOutcome("refused", await host.OperateAsync(new(OperatorVerb.Stop, "", "alice", null, false)));
        await host.OperateAsync(new(OperatorVerb.Stop, "", "alice", "an incident of our own", false));

        var ended = await host.SendAsync(change);
        AssertOutcome("pending", ended);
        Assert.Contains("an incident of our own", ended.Why, StringComparison.Ordinal);
        Assert.Empty(host.Changes());

        await host.OperateAsync(new(OperatorVerb.Start, "", "alice", null, false));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(2));
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    public static async Task Policy_that_cannot_be_read_changes_nothing(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync();
        await host.UsePolicyAsync("defaults: {mode: automatic}");

        var ended = await host.SendAsync(change);

        Assert.True(ended.IsHandedBack);
        Assert.Empty(host.Calls);
    }

    public static async Task Tags_that_cannot_be_read_change_nothing_where_the_policy_looks_at_them(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync();
        await host.UsePolicyAsync("""
            defaults: {mode: auto}
            exemptions:
              - {match: {tag: {public: 'yes'}}, reason: public on purpose, until: 2099-01-01}
            """);
        host.Faults.Inject("resourcegroupstaggingapi:GetResources", FaultKind.Deny);

        AssertOutcome("escalated", await host.SendAsync(change));

        Assert.Empty(host.Changes());
        Assert.Equal("not-permitted", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    public static async Task Rule_that_no_longer_exists_changes_nothing(IScenarioHost host)
    {
        var (_, rule, change) = await host.OpenBucketAsync();
        await host.CallAsync("config:DeleteConfigRule", $$"""{"ConfigRuleName":"{{rule.Name}}"}""");

        AssertOutcome("skipped", await host.SendAsync(change));

        Assert.Empty(host.Changes());
    }

    private static string Exemption(ComplianceChange change, DateTimeOffset until) => string.Create(CultureInfo.InvariantCulture, $$"""
        defaults: {mode: auto}
        exemptions:
          - match: {resource: {{change.Resource.Id}}}
            reason: public on purpose
            until: {{until:O}}
        """);

    private static string Freeze(DateTimeOffset until) => string.Create(CultureInfo.InvariantCulture, $$"""
        defaults: {mode: auto}
        freezes:
          - {from: 2026-01-01, until: '{{until:O}}', reason: end of the year}
        """);
}
