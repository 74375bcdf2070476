using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Guard;

/// <summary>When automation stops by itself, and what it says then.</summary>
public sealed class GuardTests
{
    /// <summary>Fails what would otherwise wait for ever.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Breaker_opens_after_the_limit_of_failures_is_reported_once_and_half_opens_by_itself()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, guards: {failures: 2}}");
        var rule = await host.RuleAsync(PublicAccess);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        for (var i = 0; i < 4; i++)
        {
            await host.SendAsync(Some.Change(rule, await host.BucketAsync($"bucket-{i}"), host.Now));
        }

        Assert.Equal(2, host.Changes().Count());
        Assert.Single(await OfKindAsync(host, "breaker_open"));

        // In the next hour one attempt is made, fails, and opens the breaker again, without a notice.
        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(3, host.Changes().Count());
        Assert.Single(await OfKindAsync(host, "breaker_open"));

        host.Faults.Clear();
        await host.SweepAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(4, host.Changes().Count());
    }

    [Fact]
    public async Task Half_open_breaker_lets_one_change_through_while_its_end_is_not_known()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, guards: {failures: 2}}");
        var rule = await host.RuleAsync(PublicAccess);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny, times: 2);
        await SendAsync(host, rule, "a");
        await SendAsync(host, rule, "b");
        await host.PassAsync(TimeSpan.FromHours(1));

        var (reached, mayGoOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Fake.Before = async operation =>
        {
            if (operation is "s3:PutPublicAccessBlock")
            {
                reached.TrySetResult();
                await mayGoOn.Task;
            }
        };
        var trial = SendAsync(host, rule, "c");
        await reached.Task;
        AssertOutcome("pending", await SendAsync(host, rule, "d").WaitAsync(Soon));
        AssertOutcome("pending", await SendAsync(host, rule, "e").WaitAsync(Soon));
        mayGoOn.SetResult();

        AssertOutcome("fixed", await trial);
        Assert.Equal(3, host.Changes().Count());

        // An hour without a failure closes the breaker.
        await host.PassAsync(TimeSpan.FromHours(1));
        await host.SweepAsync();
        Assert.Equal(5, host.Changes().Count());
    }

    [Fact]
    public async Task Flapping_names_who_changed_it_and_the_stack_that_owns_it()
    {
        await using var host = new InMemoryHost();
        host.Fake.On("cloudtrail:LookupEvents", """
            {"Events":[{"EventName":"GetPublicAccessBlock","ReadOnly":"true","Username":"reader"},
             {"EventName":"PutPublicAccessBlock","ReadOnly":"false","Username":"pipeline",
              "CloudTrailEvent":"{\"userIdentity\":{\"arn\":\"arn:aws:sts::123456789012:assumed-role/deploy/pipeline\"}}"}]}
            """);
        host.Fake.On("resourcegroupstaggingapi:GetResources", """
            {"ResourceTagMappingList":[{"ResourceARN":"x","Tags":[{"Key":"aws:cloudformation:stack-name","Value":"web-site"}]}]}
            """);

        var detail = (await FlapAsync(host)).Detail;

        Assert.Contains(
            "arn:aws:sts::123456789012:assumed-role/deploy/pipeline with PutPublicAccessBlock", detail, StringComparison.Ordinal);
        Assert.Contains("stack web-site", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flapping_is_reported_even_if_nobody_can_be_named()
    {
        await using var host = new InMemoryHost();
        host.Fake.On("cloudtrail:LookupEvents", _ => throw FakeAws.Error("cloudtrail:LookupEvents", "AccessDeniedException", 400));
        host.Fake.On("resourcegroupstaggingapi:GetResources", _ => throw FakeAws.Error("tag:GetResources", "AccessDeniedException", 400));

        Assert.Contains(
            "could not be read from CloudTrail (AccessDeniedException)", (await FlapAsync(host)).Detail, StringComparison.Ordinal);
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Fix_that_held_for_longer_than_the_window_starts_the_count_of_reverts_anew()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, guards: {reverts: 2, revert-window: 1h}}");
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        for (var i = 1; i <= 3; i++)
        {
            await host.PassAsync(TimeSpan.FromHours(2));
            await host.BlockAsync(bucket.Id, HalfBlocked);
            AssertOutcome("fixed", await host.SendAsync(change.Later(i * 120)));
            Assert.Equal(1, (await host.IncidentOf(ended)).Reverts);
        }
    }

    [Theory]
    [InlineData("1h", 0)]
    [InlineData("4h", 1)]
    public async Task Window_of_reverts_is_the_policys_also_once_config_closed_the_incident(string window, int reverts)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"{{defaults: {{mode: auto}}, guards: {{revert-window: {window}}}}}");
        var (bucket, _, change, _) = await host.FixedBucketAsync(HalfBlocked);
        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.Compliant)));
        await host.PassAsync(TimeSpan.FromHours(2));
        await host.BlockAsync(bucket.Id, HalfBlocked);

        var ended = await host.SendAsync(change.Later(120));

        AssertOutcome("fixed", ended);
        Assert.Equal(reverts, (await host.IncidentOf(ended)).Reverts);
    }

    [Fact]
    public async Task New_resource_is_left_to_settle_and_then_fixed()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("defaults: {mode: auto, settle: 15m}");
        var (bucket, _, change) = await host.OpenBucketAsync();

        var ended = await host.SendAsync(change);
        AssertOutcome("pending", ended);
        Assert.Empty(host.Changes());

        await host.SweepAfterAsync(TimeSpan.FromMinutes(16));
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Held_incident_is_left_alone_until_a_person_retries()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change, ended) = await host.FixedBucketAsync();
        AssertOutcome("refused", await host.OperateAsync(new(OperatorVerb.Hold, ended.Incident!, "alice", null, false)));
        await host.OperateAsync(new(OperatorVerb.Hold, ended.Incident!, "alice", "a migration", false));
        await host.BlockAsync(bucket.Id, HalfBlocked);

        AssertOutcome("skipped", await host.SendAsync(change.Later(10)));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));

        AssertOutcome("fixed", await host.OperateAsync(new(OperatorVerb.Retry, ended.Incident!, "alice", null, false)));
    }

    private static async Task<Ended> SendAsync(InMemoryHost host, RuleRef rule, string bucket) =>
        await host.SendAsync(Some.Change(rule, await host.BucketAsync(bucket), host.Now));

    private static async Task<Incident> FlapAsync(InMemoryHost host)
    {
        await host.UsePolicyAsync("{defaults: {mode: auto}, guards: {reverts: 1}}");
        var (bucket, _, change, _) = await host.FixedBucketAsync();
        await host.BlockAsync(bucket.Id, HalfBlocked);
        var ended = await host.SendAsync(change.Later(10));
        AssertOutcome("escalated", ended);
        return await host.IncidentOf(ended);
    }

    private static async Task<IEnumerable<System.Text.Json.JsonElement>> OfKindAsync(InMemoryHost host, string kind) =>
        (await host.NoticesAsync()).Where(n => n.TextOf("eventType") == kind);
}
