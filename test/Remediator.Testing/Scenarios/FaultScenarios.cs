using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>Every failure is reported once, and leaves nothing half done.</summary>
internal static class FaultScenarios
{
    public static Task Denied_call_is_escalated_by_its_name_and_nothing_is_changed(IScenarioHost host) =>
        FailedWriteIsToldAsync(host, FaultKind.Deny, "not-permitted", "s3:PutPublicAccessBlock");

    public static async Task State_that_cannot_be_read_is_not_taken_for_nothing_there(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:GetPublicAccessBlock", FaultKind.Deny);

        AssertOutcome("escalated", await host.SendAsync(change));

        Assert.Empty(host.Changes());
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Equal("not-permitted", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    public static async Task Throttled_fix_is_pending_and_the_sweep_finishes_it(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Throttle);

        var ended = await host.SendAsync(change);
        AssertOutcome("pending", ended);
        Assert.True((await host.BlockAsync(bucket)).IsNull());

        host.Faults.Clear();
        await host.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await host.SweepAsync());

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
        Assert.Empty(await host.NoticesAsync());
    }

    public static async Task Throttled_for_ever_ends_with_one_notice(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Throttle);

        var ended = await host.SendAsync(change);
        for (var i = 0; i < 8; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromHours(2));
        }

        Assert.True((await host.BlockAsync(bucket)).IsNull());
        Assert.Equal(IncidentState.Escalated, (await host.IncidentOf(ended)).State);
        Assert.Equal("throttled-out", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    public static Task Success_that_does_nothing_is_escalated_as_not_verified(IScenarioHost host) =>
        FailedWriteIsToldAsync(host, FaultKind.DoNothing, "not-verified", "IgnorePublicAcls");

    public static async Task Bucket_that_is_gone_calls_nobody_while_Config_has_nothing_of_it(IScenarioHost host)
    {
        var rule = await host.RuleAsync(PublicAccess);
        var ended = await host.SendAsync(Some.Change(rule, Gone(host), host.Now));
        AssertOutcome("pending", ended);

        await host.SweepAfterAsync(TimeSpan.FromMinutes(20));

        Assert.Equal(IncidentState.Closed, (await host.IncidentOf(ended)).State);
        Assert.Empty(host.Changes());
        Assert.Empty(await host.NoticesAsync());
    }

    public static async Task Bucket_that_is_not_found_though_Config_reports_it_is_escalated(IScenarioHost host)
    {
        var rule = await host.RuleAsync(PublicAccess);
        AssertOutcome("pending", await host.SendAsync(Some.Change(rule, Gone(host), host.Now)));
        host.Evaluations.Say(rule.Name, Gone(host), "NON_COMPLIANT", host.Now.AddMinutes(1));

        await host.SweepAfterAsync(TimeSpan.FromMinutes(20));

        Assert.Empty(host.Changes());
        Assert.Equal("not-found", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    public static async Task Website_bucket_is_left_to_a_person(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        await host.CallAsync(
            "s3:PutBucketWebsite",
            $$$$"""{"Bucket":"{{{{bucket.Id}}}}","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"}}}"""
        );

        AssertOutcome("awaiting-approval", await host.SendAsync(change));

        Assert.Empty(host.Changes());
        Assert.Equal("guarded", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    public static async Task Resolved_message_has_the_key_of_the_notice(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        await host.SendAsync(change);
        await host.BlockAsync(bucket.Id, Blocked);

        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.Compliant)));

        var notices = await host.NoticesAsync();
        Assert.Equal(["trigger", "resolve"], notices.Select(n => n.TextOf("action")));
        Assert.Equal(notices[0].TextOf("key"), notices[1].TextOf("key"));
    }

    public static async Task Notice_that_cannot_be_sent_is_sent_by_the_sweep(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync();
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.Deny);
        host.Faults.Inject("sns:Publish", FaultKind.Deny);
        await host.SendAsync(change);
        Assert.Empty(await host.NoticesAsync());

        host.Faults.Clear();
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal("not-permitted", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
    }

    /// <summary>
    /// Asserts that the bucket is unchanged, and that one notice gives the reason, names the bucket and says that nothing was changed.
    /// </summary>
    private static async Task FailedWriteIsToldAsync(IScenarioHost host, FaultKind fault, string reason, string detail)
    {
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", fault);

        AssertOutcome("escalated", await host.SendAsync(change));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal(reason, notice.TextOf("reason"));
        Assert.Contains(detail, notice.TextOf("detail"), StringComparison.Ordinal);
        Assert.False(notice.Member("changed").IsTruthy());
    }

    private static ResourceKey Gone(IScenarioHost host) => new(host.Account, host.Region, "AWS::S3::Bucket", host.Named("gone"));
}
