using Remediator.Incidents;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Testing.Scenarios;

/// <summary>Duplicate, late, reordered and broken events.</summary>
internal static class EventScenarios
{
    public static async Task Malformed_event_goes_back_to_the_queue_and_costs_its_neighbours_nothing(IScenarioHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync();

        var ended = await host.DeliverAsync("{", Some.Event(change), "{\"source\":\"aws.config\"}");

        Assert.Equal([true, false, true], ended.Select(e => e.IsHandedBack));
        AssertSame(Blocked, await host.BlockAsync(bucket));
    }

    public static async Task Duplicate_delivery_is_one_change(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync();
        var first = await host.SendAsync(change);

        var second = await host.SendAsync(change);

        AssertOutcome("skipped", second);
        Assert.Contains(first.Incident!, second.Why, StringComparison.Ordinal);
        Assert.Single(host.Changes());
    }

    public static async Task Duplicate_delivery_is_one_notice(IScenarioHost host)
    {
        var (_, _, change) = await host.OpenBucketAsync();
        host.Faults.Inject("s3:PutPublicAccessBlock", Fakes.FaultKind.Deny);

        AssertOutcome("escalated", await host.SendAsync(change));
        AssertOutcome("skipped", await host.SendAsync(change));
        AssertOutcome("escalated", await host.SendAsync(change.Later(10)));

        Assert.Single(await host.NoticesAsync());
    }

    public static async Task Older_event_changes_nothing(IScenarioHost host)
    {
        var (bucket, _, change, ended) = await host.FixedBucketAsync();
        AssertOutcome("skipped", await host.SendAsync(change.Later(-60)));
        AssertOutcome("skipped", await host.SendAsync(change.Later(-30, Compliance.Compliant)));

        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Single(host.Changes());
    }

    public static async Task Compliant_event_that_is_older_than_the_last_one_does_not_close(IScenarioHost host)
    {
        var (bucket, _, change, ended) = await host.FixedBucketAsync();
        await host.BlockAsync(bucket.Id, HalfBlocked);
        AssertOutcome("fixed", await host.SendAsync(change.Later(14)));

        AssertOutcome("skipped", await host.SendAsync(change.Later(10, Compliance.Compliant)));

        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);
    }

    public static async Task Compliant_event_closes_the_incident_and_a_late_one_does_not_open_it_again(IScenarioHost host)
    {
        var (_, _, change, ended) = await host.FixedBucketAsync();

        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.Compliant)));
        AssertOutcome("skipped", await host.SendAsync(change.Later(5)));

        Assert.Equal(IncidentState.Closed, (await host.IncidentOf(ended)).State);
    }

    public static async Task Deleted_resource_closes_its_incident(IScenarioHost host)
    {
        var (_, _, change, _) = await host.FixedBucketAsync();

        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.NotApplicable)));
    }

    public static async Task Sweep_closes_what_Config_says_is_right(IScenarioHost host)
    {
        var (bucket, rule, _, ended) = await host.FixedBucketAsync();
        await host.SweepAfterAsync(TimeSpan.FromMinutes(4));
        Assert.Contains("config:StartConfigRulesEvaluation", host.Calls);
        Assert.Equal(IncidentState.Fixed, (await host.IncidentOf(ended)).State);

        host.Evaluations.Say(rule.Name, bucket, "COMPLIANT", host.Now.AddMinutes(1));
        await host.SweepAfterAsync(TimeSpan.FromHours(7));

        Assert.Equal(IncidentState.Closed, (await host.IncidentOf(ended)).State);
    }

    public static async Task Fix_that_Config_never_confirms_is_escalated(IScenarioHost host)
    {
        var (_, _, _, ended) = await host.FixedBucketAsync();

        await host.SweepAfterAsync(TimeSpan.FromHours(50));

        Assert.Equal(Reason.Unconfirmed, (await host.IncidentOf(ended)).Reason);
        Assert.Single(await host.NoticesAsync());
    }

    public static async Task Fix_that_keeps_being_reverted_is_left_alone(IScenarioHost host)
    {
        var (bucket, _, change, _) = await host.FixedBucketAsync();
        for (var i = 1; i <= 2; i++)
        {
            await host.BlockAsync(bucket.Id, HalfBlocked);
            AssertOutcome("fixed", await host.SendAsync(change.Later(i * 4)));
        }

        await host.BlockAsync(bucket.Id, HalfBlocked);
        AssertOutcome("escalated", await host.SendAsync(change.Later(12)));
        AssertOutcome("escalated", await host.SendAsync(change.Later(14)));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Equal("flapping", Values.Json.TextOf(Assert.Single(await host.NoticesAsync()), "reason"));
        Assert.Equal(3, host.Changes().Count());
    }

    public static async Task Reverts_are_counted_over_closed_incidents(IScenarioHost host)
    {
        var (bucket, _, change, _) = await host.FixedBucketAsync();
        for (var i = 1; i <= 2; i++)
        {
            AssertOutcome("closed", await host.SendAsync(change.Later((i * 4) - 2, Compliance.Compliant)));
            await host.BlockAsync(bucket.Id, HalfBlocked);
            AssertOutcome("fixed", await host.SendAsync(change.Later(i * 4)));
        }

        AssertOutcome("closed", await host.SendAsync(change.Later(10, Compliance.Compliant)));
        await host.BlockAsync(bucket.Id, HalfBlocked);

        AssertOutcome("escalated", await host.SendAsync(change.Later(12)));
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }
}
