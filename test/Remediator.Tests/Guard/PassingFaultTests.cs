using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Guard;

/// <summary>
/// A resource that is busy, or not ready yet, is waited for: nobody is notified at once, and it does not count as a failure of the
/// playbook.
/// </summary>
public sealed class PassingFaultTests
{
    private const string Put = "s3:PutPublicAccessBlock";

    [Fact]
    public async Task Busy_resource_is_tried_again_and_fixed_without_a_notice()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync();
        host.Fails(Put, "OperationAborted", 409, times: 3);

        AssertOutcome("pending", await host.SendAsync(change));
        for (var i = 0; i < 3; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(30));
        }

        AssertSame(Blocked, await host.BlockAsync(bucket));
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Resources_that_stay_busy_call_a_person_and_leave_the_playbook_in_use()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync("{defaults: {mode: auto}, guards: {failures: 2}}");
        var rule = await host.RuleAsync(PublicAccess);
        host.Fails(Put, "OperationAborted", 409, times: int.MaxValue);
        var buckets = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => host.BucketAsync($"bucket-{i}")));
        var ended = await Task.WhenAll(buckets.Select(b => host.SendAsync(Some.Change(rule, b, host.Now))));
        for (var i = 0; i < 6; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(61));
        }

        var incidents = await Task.WhenAll(ended.Select(host.IncidentOf));
        Assert.All(incidents, i => Assert.Equal((IncidentState.Escalated, Reason.ThrottledOut), (i.State, i.Reason)));
        Assert.Contains("the resource is busy (OperationAborted)", incidents[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.NoticesAsync(), n => n.TextOf("eventType") == "breaker_open");
    }

    [Fact]
    public async Task Resource_that_was_deleted_before_the_write_is_looked_for_once_more_before_a_person_is_called()
    {
        await using var host = new InMemoryHost();
        var (_, _, change) = await host.OpenBucketAsync();
        host.Fails("s3:GetPublicAccessBlock", "NoSuchBucket", 404, times: int.MaxValue);

        AssertOutcome("pending", await host.SendAsync(change));
        Assert.Empty(await host.NoticesAsync());
    }
}

file static class FailingHost
{
    /// <summary>An operation that gives this error a few times, and then its normal response.</summary>
    public static void Fails(this InMemoryHost host, string operation, string code, int status, int times)
    {
        var left = times;
        host.Fake.Before = called => called == operation && Interlocked.Decrement(ref left) >= 0
            ? throw FakeAws.Error(operation, code, status)
            : Task.CompletedTask;
    }
}
