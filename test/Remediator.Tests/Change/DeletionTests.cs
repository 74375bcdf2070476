using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>What deletes a resource first saves what is in it, and that it is gone is the fix.</summary>
public sealed class DeletionTests : IDisposable
{
    private const string Copy = "rds:CopyDBSnapshot";
    private const string Delete = "rds:DeleteDBSnapshot";
    private readonly InMemoryHost host = new();
    private readonly Dictionary<string, string> snapshots = new() { ["old"] = "available" };
    private string copyIsOf = "2026-01-01T00:00:00Z";
    private string copyBecomes = "creating";
    private int copies;

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Fact]
    public async Task Original_is_deleted_when_the_copy_is_available_and_not_before()
    {
        await BeginAsync();
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));
        Assert.Equal([Copy], host.Changes());

        snapshots["old-encrypted"] = "available";
        await host.SweepAfterAsync(TimeSpan.FromMinutes(5));

        Assert.Equal([Copy, Delete], host.Changes());
        Assert.Equal(["old-encrypted"], snapshots.Keys);
    }

    [Fact]
    public async Task Config_forgets_what_was_deleted_and_that_closes_the_incident()
    {
        var incident = await FixedAsync();
        Assert.Equal(IncidentState.Fixed, incident.State);

        await host.SweepAfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(IncidentState.Closed, (await host.IncidentAsync(incident.Id))!.State);
    }

    [Fact]
    public async Task Copy_that_never_becomes_available_calls_a_person_and_nothing_is_deleted()
    {
        await BeginAsync();

        for (var i = 0; i < 30; i++)
        {
            await host.SweepAfterAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal([Copy], host.Changes());
        var notice = Assert.Single(await host.NoticesAsync());
        Assert.Equal("not-verified", notice.TextOf("reason"));
        Assert.Contains("The copy does not read right in the time that it has.", notice.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_of_another_moment_under_the_name_of_the_copy_does_not_count()
    {
        snapshots["old-encrypted"] = "available";
        copyIsOf = "2025-12-31T00:00:00Z";

        var ended = await EventAsync();

        Steps.AssertOutcome("escalated", ended);
        Assert.Empty(host.Changes());
    }

    [Fact]
    public async Task Undo_says_that_what_was_deleted_is_not_brought_back()
    {
        var incident = await FixedAsync();

        var ended = await host.UndoAsync(incident.Id);

        Steps.AssertOutcome("escalated", ended);
        Assert.Contains("What was deleted is not brought back.", ended.Why, StringComparison.Ordinal);
        Assert.Equal([Copy, Delete], host.Changes());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_the_process_ends_it_is_copied_once_and_then_deleted(bool isAfter)
    {
        for (var at = 1; at < 60; at++)
        {
            var isOver = await KilledAsync(at, isAfter);
            if (isOver)
            {
                Assert.True(at > 8, $"only {at} points");
                return;
            }
        }
    }

    /// <summary>Whether it came to its end before the process did.</summary>
    private static async Task<bool> KilledAsync(int at, bool isAfter)
    {
        using var one = new DeletionTests();
        await one.DeployAsync();
        var change = await one.ChangeAsync();
        one.copyBecomes = "available";
        var (isOver, where) = await Killed.DuringAsync(one.host, change, at, isAfter);
        Assert.True(one.copies == 1 && one.snapshots.Keys.SequenceEqual(["old-encrypted"]),
            $"{where}: copied {one.copies} times, left {string.Join(", ", one.snapshots.Keys)}");
        return isOver;
    }

    private async Task BeginAsync() => Steps.AssertOutcome("pending", await EventAsync());

    private async Task<Incident> FixedAsync()
    {
        copyBecomes = "available";
        return (await host.IncidentAsync((await EventAsync()).Incident!))!;
    }

    private async Task<Ended> EventAsync()
    {
        await DeployAsync();
        return await host.SendAsync(await ChangeAsync());
    }

    private async Task<ComplianceChange> ChangeAsync() => Some.Change(
        await host.RuleAsync("RDS_SNAPSHOT_ENCRYPTED"), new(FakeAws.Account, FakeAws.Region, "AWS::RDS::DBSnapshot", "old"), host.Now);

    private async Task DeployAsync()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, auto-up-to: [none, irreversible], owner: platform}");
        host.Fake.On("rds:DescribeDBSnapshotAttributes", """{"DBSnapshotAttributesResult":{"DBSnapshotAttributes":[]}}""");
        host.Fake.On("rds:DescribeDBSnapshots", input =>
        {
            var id = input.TextOf("DBSnapshotIdentifier")!;
            return snapshots.TryGetValue(id, out var status)
                ? Json.Parse($$$"""
                    {"DBSnapshots":[{"DBSnapshotIdentifier":"{{{id}}}","DbiResourceId":"db-1","SnapshotType":"manual",
                     "Status":"{{{status}}}",
                     "OriginalSnapshotCreateTime":"{{{(id == "old" ? "2026-01-01T00:00:00Z" : copyIsOf)}}}",
                     "Encrypted":{{{(id == "old" ? "false" : "true")}}}}]}
                    """)
                : throw FakeAws.Error("rds:DescribeDBSnapshots", "DBSnapshotNotFound", 404);
        });
        host.Fake.On(Copy, input =>
        {
            copies++;
            snapshots.Add(input.TextOf("TargetDBSnapshotIdentifier")!, copyBecomes);
            return Json.EmptyObject;
        });
        host.Fake.On(Delete, input =>
        {
            Assert.Equal("available", snapshots["old-encrypted"]);
            snapshots.Remove(input.TextOf("DBSnapshotIdentifier")!);
            return Json.EmptyObject;
        });
    }
}
