using Remediator.Incidents;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Undo;

/// <summary>An interrupted undo leaves nothing unattended, and reports only what is true.</summary>
public sealed class UndoTests
{
    [Fact]
    public async Task Undo_of_a_closed_incident_that_is_cut_off_is_finished_by_the_sweep()
    {
        await using var host = new InMemoryHost();
        var (bucket, change, ended) = await ClosedAsync(host);
        host.Fake.Before = operation => operation is "s3:PutPublicAccessBlock" ? throw new KilledException() : Task.CompletedTask;
        await Assert.ThrowsAsync<KilledException>(() => host.UndoAsync(ended));
        host.Fake.Before = _ => Task.CompletedTask;

        host.Restart();
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(IncidentState.Held, (await host.IncidentAsync(ended))!.State);
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
    }

    [Fact]
    public async Task Undo_that_stops_at_a_conflict_leaves_a_closed_incident_closed()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, ended) = await ClosedAsync(host);
        await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");

        AssertOutcome("conflict", await host.UndoAsync(ended));

        Assert.Equal(IncidentState.Closed, (await host.IncidentAsync(ended))!.State);
        await host.SweepAfterAsync(TimeSpan.FromDays(4));
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Undo_that_stops_at_a_conflict_calls_nothing_fixed_that_was_escalated()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:PutPublicAccessBlock", FaultKind.DoNothing);
        host.Fake.Before = operation => operation is "s3:PutPublicAccessBlock" ? SomebodyElseAsync(host, bucket) : Task.CompletedTask;
        var ended = await host.SendAsync(change);
        AssertOutcome("escalated", ended);
        var before = await host.IncidentOf(ended);
        Assert.True(before.IsChanged);

        AssertOutcome("conflict", await host.UndoAsync(ended.Incident));

        var after = await host.IncidentOf(ended);
        Assert.Equal((before.State, before.Reason, before.Detail, before.Due), (after.State, after.Reason, after.Detail, after.Due));
    }

    [Fact]
    public async Task Undo_that_the_sweep_finds_in_conflict_calls_a_person()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, _, ended) = await host.FixedBucketAsync(HalfBlocked);
        host.Faults.Inject("s3:GetPublicAccessBlock", FaultKind.Throttle);
        AssertOutcome("pending", await host.UndoAsync(ended.Incident));
        host.Faults.Clear();
        await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");

        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("conflict", Assert.Single(await host.NoticesAsync()).TextOf("reason"));
        Assert.Equal(IncidentState.Escalated, (await host.IncidentOf(ended)).State);
    }

    private static async Task SomebodyElseAsync(InMemoryHost host, ResourceKey bucket) =>
        await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");

    private static async Task<(ResourceKey Bucket, ComplianceChange Change, string Incident)> ClosedAsync(InMemoryHost host)
    {
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        AssertOutcome("closed", await host.SendAsync(change.Later(5, Compliance.Compliant)));
        await host.PassAsync(TimeSpan.FromMinutes(10));
        return (bucket, change, ended.Incident!);
    }
}
