using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Sweep;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Sweep;

/// <summary>Lost events, and findings older than the service: the sweep asks Config, and each finding takes the whole path.</summary>
public sealed class BacklogScenarioTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Other = "210987654321";
    private readonly InMemoryHost host = new();
    private readonly HashSet<string> refusing = [];
    private RuleRef rule = Some.Rule();

    public async Task InitializeAsync()
    {
        host.Backlog = new(
            new RefusingBacklog(new AwsBacklog(host.Fake), refusing), new AwsAggregator(host.Fake), null, host.Account, host.Region);
        await host.UsePolicyAsync($"{{defaults: {{mode: auto}}, backlog: {{per-sweep: 150, accounts: ['{Other}']}}}}");
        rule = await host.RuleAsync(PublicAccess);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Resource_whose_event_never_came_is_found_fixed_and_not_found_again()
    {
        var bucket = await ReportedAsync("lost");

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
        await host.PassAsync(TimeSpan.FromHours(7));
        await host.SweepAsync();
        Assert.Single(host.Changes());
    }

    [Fact]
    public async Task Event_that_comes_after_all_is_answered_already()
    {
        var bucket = await ReportedAsync("late");
        await host.SweepAsync();

        AssertOutcome("skipped", await host.SendAsync(Some.Change(rule, bucket, Some.Time)));

        Assert.Single(host.Changes());
    }

    [Fact]
    public async Task Resource_that_cannot_be_handled_does_not_keep_the_others_waiting()
    {
        var (first, second) = (await ReportedAsync("first"), await ReportedAsync("second"));
        host.Fake.Before = operation => operation is "s3:GetBucketWebsite" && host.Calls.Count(c => c == operation) == 1
            ? throw new InvalidOperationException("a fault of our own")
            : Task.CompletedTask;

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(second));
        host.Fake.Before = _ => Task.CompletedTask;
        await host.PassAsync(TimeSpan.FromHours(7));
        await host.SweepAsync();
        AssertSame(Blocked, await host.BlockAsync(first));
    }

    [Fact]
    public async Task Account_that_refuses_does_not_keep_the_others_waiting()
    {
        refusing.Add(host.Account);
        var bucket = await ReportedAsync("theirs");

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Role_that_may_not_ask_which_rules_are_broken_is_asked_rule_by_rule()
    {
        host.Faults.Inject("config:DescribeComplianceByConfigRule", FaultKind.Deny);
        var bucket = await ReportedAsync("older-role");

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Rule_that_was_deleted_meanwhile_does_not_hide_the_others()
    {
        var bucket = await ReportedAsync("lost");
        host.Evaluations.Say("deleted-rule", bucket, "NON_COMPLIANT", Some.Time);

        await host.SweepAsync();

        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Place_where_nothing_is_broken_costs_one_call()
    {
        await host.RuleAsync(Encryption);

        await host.SweepAsync();

        Assert.Equal(2, host.Calls.Count(c => c is "config:DescribeComplianceByConfigRule"));
        Assert.DoesNotContain("config:GetComplianceDetailsByConfigRule", host.Calls);
    }

    private async Task<ResourceKey> ReportedAsync(string what)
    {
        var bucket = await host.BucketAsync(what, HalfBlocked);
        host.Evaluations.Say(rule.Name, bucket, "NON_COMPLIANT", Some.Time);
        return bucket;
    }

    private sealed class RefusingBacklog(IBacklog inner, HashSet<string> refusing) : IBacklog
    {
        public Task<IReadOnlyList<string>?> NonCompliantRulesAsync(string account, string region, CancellationToken ct) =>
            inner.NonCompliantRulesAsync(account, region, ct);

        public Task<IReadOnlyList<ConfigRule>> RulesAsync(
            string account, string region, IReadOnlyList<string>? names, CancellationToken ct) => refusing.Contains(account)
                ? throw FakeAws.Error("config:DescribeConfigRules", "AccessDeniedException", 400)
                : inner.RulesAsync(account, region, names, ct);

        public Task<BacklogPage> NonCompliantAsync(string account, string region, string rule, string? page, CancellationToken ct) =>
            inner.NonCompliantAsync(account, region, rule, page, ct);
    }
}
