using Remediator.Incidents;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Operate;

/// <summary>After an undo the service leaves the resource alone, whichever events follow.</summary>
public sealed class HoldTests
{
    [Fact]
    public async Task Freeze_that_begins_after_an_undo_does_not_end_the_hold()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));
        var until = host.Now.AddHours(2);
        await host.UsePolicyAsync(
            $"{{defaults: {{mode: auto}}, freezes: [{{from: '{host.Now.AddHours(-1):O}', until: '{until:O}', reason: a launch}}]}}");

        AssertOutcome("skipped", await host.SendAsync(change.Later(10)));
        await host.SweepAfterAsync(TimeSpan.FromHours(3));

        Assert.Equal(IncidentState.Held, (await host.IncidentOf(ended)).State);
        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Empty(await host.NoticesAsync());
    }

    [Fact]
    public async Task Result_of_Config_from_before_the_undo_does_not_end_the_hold()
    {
        await using var host = new InMemoryHost();
        var (bucket, _, change, ended) = await host.FixedBucketAsync(HalfBlocked);
        await host.PassAsync(TimeSpan.FromMinutes(3));
        AssertOutcome("undone", await host.UndoAsync(ended.Incident));

        // Config evaluated the fix before the undo, and reports it only now; then it sees the undo.
        AssertOutcome("skipped", await host.SendAsync(change.Later(2, Compliance.Compliant)));
        AssertOutcome("skipped", await host.SendAsync(change.Later(5)));

        AssertSame(HalfBlocked, await host.BlockAsync(bucket));
        Assert.Equal(IncidentState.Held, (await host.IncidentOf(ended)).State);
    }
}
