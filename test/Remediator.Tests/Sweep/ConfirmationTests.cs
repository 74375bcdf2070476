using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>After a fix, Config's evaluation decides.</summary>
public sealed class ConfirmationTests
{
    [Fact]
    public async Task Config_is_asked_once_for_all_rules_and_for_25_at_most()
    {
        await using var host = new InMemoryHost();
        var bucket = await host.BucketAsync(block: Blocked);
        for (var i = 0; i < 30; i++)
        {
            var rule = await NamedRuleAsync(host, $"rule-{i:00}");
            AssertOutcome("already-right", await host.SendAsync(Some.Change(rule, bucket, host.Now)));
        }

        await host.SweepAfterAsync(TimeSpan.FromMinutes(4));
        Assert.Equal([25], Asked(host));
        await host.SweepAsync();
        Assert.Equal([25], Asked(host));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([25, 5], Asked(host));
    }

    [Fact]
    public async Task Config_that_finds_a_fix_wrong_again_counts_as_reverted_although_no_event_came()
    {
        await using var host = new InMemoryHost();
        var (bucket, rule, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        await host.BlockAsync(bucket.Id, HalfBlocked);
        host.Evaluations.Say(rule.Name, bucket, "NON_COMPLIANT", host.Now.AddMinutes(2));

        await host.SweepAfterAsync(TimeSpan.FromMinutes(4));

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal(1, (await host.IncidentOf(ended)).Reverts);
    }

    [Fact]
    public async Task Config_that_has_not_looked_again_yet_is_no_revert()
    {
        await using var host = new InMemoryHost();
        var (bucket, rule, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.Evaluations.Say(rule.Name, bucket, "NON_COMPLIANT", change.RecordedAt);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(0, (await host.IncidentOf(ended)).Reverts);
        Assert.Single(host.Changes());
    }

    [Fact]
    public async Task Fix_under_a_rule_that_is_gone_is_closed()
    {
        await using var host = new InMemoryHost();
        var (_, rule, _, ended) = await host.FixedBucketAsync();
        await host.CallAsync("config:DeleteConfigRule", $$"""{"ConfigRuleName":"{{rule.Name}}"}""");

        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(IncidentState.Closed, (await host.IncidentOf(ended)).State);
    }

    [Fact]
    public async Task Silence_beyond_the_policys_time_is_told_as_unconfirmed()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, confirm-within: 2h}");
        await host.FixedBucketAsync();

        await host.SweepAfterAsync(TimeSpan.FromMinutes(100));
        Assert.Empty(await host.NoticesAsync());

        await host.SweepAfterAsync(TimeSpan.FromMinutes(21));
        Assert.Equal("unconfirmed", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Config_that_finds_wrong_what_reads_right_is_told_at_once_with_what_was_read_and_once(bool isByEvent)
    {
        await using var host = new InMemoryHost();
        var bucket = await host.BucketAsync(block: Blocked);
        var rule = await host.RuleAsync(PublicAccess);
        var change = Some.Change(rule, bucket, host.Now);
        var ended = await host.SendAsync(change);
        AssertOutcome("already-right", ended);
        Assert.Empty(await host.NoticesAsync());

        host.Evaluations.Say(rule.Name, bucket, "NON_COMPLIANT", host.Now.AddMinutes(2));
        if (isByEvent)
        {
            await host.PassAsync(TimeSpan.FromMinutes(3));
            AssertOutcome("escalated", await host.SendAsync(change.Later(2)));
        }

        await host.SweepAfterAsync(TimeSpan.FromMinutes(4));
        await host.SweepAfterAsync(TimeSpan.FromDays(2));

        var incident = await host.IncidentOf(ended);
        Assert.Equal((IncidentState.Escalated, Reason.Disputed), (incident.State, incident.Reason));
        Assert.Contains("BlockPublicAcls: true", incident.Detail, StringComparison.Ordinal);
        Assert.Single(await host.NoticesAsync());
        Assert.Empty(host.Changes());

        host.Evaluations.Say(rule.Name, bucket, "COMPLIANT", host.Now);
        await host.SweepAfterAsync(TimeSpan.FromDays(2));
        Assert.Equal(IncidentState.Closed, (await host.IncidentOf(ended)).State);
    }

    [Fact]
    public async Task A_fix_that_reads_right_and_that_Config_finds_wrong_is_told_too()
    {
        await using var host = new InMemoryHost();
        var (bucket, rule, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.Evaluations.Say(rule.Name, bucket, "NON_COMPLIANT", host.Now.AddMinutes(2));

        await host.SweepAfterAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(Reason.Disputed, (await host.IncidentOf(ended)).Reason);
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Single(host.Changes());
    }

    private static IEnumerable<int> Asked(InMemoryHost host) =>
        host.Fake.All.Where(c => c.Operation == "config:StartConfigRulesEvaluation")
            .Select(c => c.Input.Member("ConfigRuleNames").GetArrayLength());

    private static async Task<RuleRef> NamedRuleAsync(InMemoryHost host, string name)
    {
        await host.CallAsync(
            "config:PutConfigRule",
            $$$"""{"ConfigRule":{"ConfigRuleName":"{{{name}}}","Source":{"Owner":"AWS","SourceIdentifier":"{{{PublicAccess}}}"} } }"""
        );
        var found = await host.CallAsync("config:DescribeConfigRules", $$"""{"ConfigRuleNames":["{{name}}"]}""");
        return new(name, found.Member("ConfigRules")[0].TextOf("ConfigRuleArn")!);
    }
}
