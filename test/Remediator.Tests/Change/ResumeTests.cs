using Remediator.Incidents;
using Remediator.Testing.Scenarios;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Change;

/// <summary>A worker stopped during a change, and somebody else changed the resource before the next worker came.</summary>
public sealed class ResumeTests
{
    [Fact]
    public async Task Setting_that_somebody_changed_meanwhile_is_not_overwritten_and_a_person_is_called()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await StoppedBeforeItsCallAsync(host);
        // Neither the value read before nor the value to write.
        await host.CallAsync("s3:DeletePublicAccessBlock", $$"""{"Bucket":"{{bucket.Id}}"}""");

        await GoOnAsync(host);

        Assert.True((await host.BlockAsync(bucket)).IsNull());
        var incident = (await host.IncidentAsync(ended))!;
        Assert.Equal((IncidentState.Escalated, Reason.Conflict), (incident.State, incident.Reason));
        Assert.Contains("IgnorePublicAcls", incident.Detail, StringComparison.Ordinal);
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task Setting_that_somebody_put_right_meanwhile_is_left_as_it_is()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await StoppedBeforeItsCallAsync(host);
        await host.BlockAsync(bucket.Id, Blocked);

        await GoOnAsync(host);

        Assert.Equal(IncidentState.Fixed, (await host.IncidentAsync(ended))!.State);
        Assert.Empty(host.Changes());
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Resource_that_was_deleted_meanwhile_is_no_conflict()
    {
        await using var host = new InMemoryHost();
        var (bucket, ended) = await StoppedBeforeItsCallAsync(host);
        await host.CallAsync("s3:DeleteBucket", $$"""{"Bucket":"{{bucket.Id}}"}""");

        await GoOnAsync(host);

        var incident = (await host.IncidentAsync(ended))!;
        Assert.Equal((IncidentState.Pending, Reason.NotFound), (incident.State, incident.Reason));
        Assert.Empty(await host.NoticesAsync());
    }

    /// <summary>The plan is stored, then the process ends.</summary>
    private static async Task<(ResourceKey Bucket, string Incident)> StoppedBeforeItsCallAsync(InMemoryHost host)
    {
        var (bucket, _, change) = await host.OpenBucketAsync(HalfBlocked);
        host.Fake.Before = operation =>
            operation is "s3:PutPublicAccessBlock" ? throw new Testing.Fakes.KilledException() : Task.CompletedTask;
        Assert.True((await host.SendAsync(change)).IsHandedBack);
        host.Fake.Before = _ => Task.CompletedTask;
        var open = Assert.Single(await host.Journal.OpenAsync(host.Ct).ToListAsync());
        Assert.Equal(IncidentState.Applying, open.State);
        host.Fake.Forget();
        return (bucket, open.Id);
    }

    private static async Task GoOnAsync(InMemoryHost host)
    {
        host.Restart();
        await host.PassAsync(TimeSpan.FromMinutes(5));
        await host.SweepAsync();
    }
}
