using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A volume is replaced by an encrypted copy only where the copy has all that the volume has, and no volume is deleted.</summary>
public sealed class VolumeEncryptionTests : IDisposable
{
    private readonly InMemoryHost host = new();
    private readonly FakeVolumes ec2;

    public VolumeEncryptionTests() => ec2 = new(host);

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Fact]
    public async Task Copy_takes_the_place_of_the_volume_with_its_flag_and_the_volume_stays()
    {
        Steps.AssertOutcome("fixed", await EventAsync());

        Assert.Equal(
            ["ec2:CreateSnapshot", "ec2:CreateVolume", "ec2:DetachVolume", "ec2:ModifyInstanceAttribute"],
            host.Changes().Where(o => !o.StartsWith("ec2:Describe", StringComparison.Ordinal) && o is not "ec2:AttachVolume"));
        Assert.True(ec2.Volumes["vol-2"] is { Attached: true, Encrypted: true, EndsWithInstance: true });
        Assert.True(ec2.Volumes["vol-1"] is { Attached: false, Encrypted: false });
    }

    [Fact]
    public async Task Each_step_waits_for_what_the_one_before_has_begun()
    {
        ec2.IsSlow = true;
        Steps.AssertOutcome("pending", await EventAsync());
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        Assert.Single(ec2.Volumes);

        ec2.Snapshot = "completed";
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("vol-1", ec2.InPlace);

        ec2.Volumes["vol-2"] = ec2.Volumes["vol-2"] with { State = "available" };
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal("vol-2", ec2.InPlace);
        Assert.Equal(1, ec2.SnapshotsMade);
    }

    [Theory]
    [InlineData("running")]
    [InlineData("stopped")]
    public async Task Instance_that_was_started_after_the_snapshot_keeps_its_volume(string state)
    {
        ec2.IsSlow = true;
        await EventAsync();
        await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
        ec2.Launched = host.Now;
        ec2.State = state;
        ec2.Snapshot = "completed";

        for (var pass = 0; pass < 4; pass++)
        {
            await host.SweepAfterAsync(TimeSpan.FromMinutes(6));
            MakeAvailable();
        }

        Assert.Equal("vol-1", ec2.InPlace);
        Assert.DoesNotContain("ec2:DetachVolume", host.Changes());
        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Contains("was started since the copy was begun", notice.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_detached_by_one_who_may_not_attach()
    {
        ec2.MayNotAttach = true;

        Steps.AssertOutcome("escalated", await EventAsync());

        Assert.Equal("vol-1", ec2.InPlace);
        Assert.DoesNotContain("ec2:DetachVolume", host.Changes());
    }

    [Fact]
    public async Task Undo_swaps_back_and_keeps_the_copy()
    {
        var incident = (await EventAsync()).Incident!;

        Steps.AssertOutcome("undone", await host.UndoAsync(incident));

        Assert.Equal("vol-1", ec2.InPlace);
        Assert.True(ec2.Volumes["vol-1"].EndsWithInstance);
        Assert.True(ec2.Volumes["vol-2"] is { Attached: false, Encrypted: true, Mark: null });
        Assert.Null(ec2.Snapshot);
    }

    [Fact]
    public async Task Undo_is_not_made_while_the_instance_runs()
    {
        var incident = (await EventAsync()).Incident!;
        ec2.State = "running";

        var ended = await host.UndoAsync(incident);

        Steps.AssertOutcome("escalated", ended);
        Assert.Contains("The instance runs. Stop it, and undo again.", ended.Why, StringComparison.Ordinal);
        Assert.True(ec2.Volumes["vol-2"] is { Attached: true, EndsWithInstance: true });
    }

    [Fact]
    public async Task Volume_of_a_running_instance_is_left_to_a_person()
    {
        ec2.State = "running";

        var ended = await EventAsync();

        Steps.AssertOutcome("awaiting-approval", ended);
        Assert.Contains("is not stopped", ended.Why, StringComparison.Ordinal);
        Assert.Empty(host.Changes());
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_the_process_ends_there_is_one_copy_in_its_place(bool isAfter)
    {
        for (var at = 1; at < 120; at++)
        {
            if (await KilledAsync(at, isAfter))
            {
                Assert.True(at > 20, $"only {at} points");
                return;
            }
        }
    }

    /// <summary>Whether it came to its end before the process did.</summary>
    private static async Task<bool> KilledAsync(int at, bool isAfter)
    {
        using var one = new VolumeEncryptionTests();
        var change = await one.ChangeAsync();
        var (isOver, where) = await Killed.DuringAsync(one.host, change, at, isAfter);
        var flag = one.ec2.Volumes.GetValueOrDefault("vol-2")?.EndsWithInstance;
        Assert.True(
            one.ec2 is { InPlace: "vol-2", SnapshotsMade: 1, Volumes.Count: 2 } && flag is true,
            $"{where}: {one.ec2.InPlace}, {one.ec2.SnapshotsMade} snapshots, {one.ec2.Volumes.Count} volumes, {flag}");
        return isOver;
    }

    private void MakeAvailable()
    {
        foreach (var (id, volume) in ec2.Volumes.ToList())
        {
            ec2.Volumes[id] = volume with { State = "available" };
        }
    }

    private async Task<Ended> EventAsync() => await host.SendAsync(await ChangeAsync());

    private async Task<ComplianceChange> ChangeAsync()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, auto-up-to: [none, restart], owner: platform}");
        return Some.Change(
            await host.RuleAsync("ENCRYPTED_VOLUMES"), new(FakeAws.Account, FakeAws.Region, "AWS::EC2::Volume", "vol-1"), host.Now);
    }
}
