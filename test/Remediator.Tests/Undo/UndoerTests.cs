using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Tests.Change;
using Remediator.Undo;
using Remediator.Values;

namespace Remediator.Tests.Undo;

/// <summary>The undo of a plan, planned from what the resource holds now.</summary>
public sealed class UndoerTests
{
    private const string Before = """{"On":false,"Level":1}""";
    private const string After = """{"On":true,"Level":3}""";

    [Fact]
    public async Task Undo_writes_the_earlier_state_and_is_verified_by_the_same_steps()
    {
        var ready = Assert.IsType<UndoPlan.Ready>(await PlanAsync(After));

        Assert.Equal("x:Write", Assert.Single(ready.Calls).Planned.Operation);
        Assert.Equal("setting", Assert.Single(ready.Steps).Done.Step);
    }

    [Fact]
    public async Task Planning_the_way_back_changes_nothing()
    {
        var aws = new OneSetting(After);

        await Undoer.PlanAsync(Change(), OneSetting.Wants, aws, force: false, CancellationToken.None);

        Assert.Empty(aws.Calls);
    }

    [Fact]
    public async Task Already_restored_setting_needs_no_call_and_is_still_verified()
    {
        var ready = Assert.IsType<UndoPlan.Ready>(await PlanAsync(Before));

        Assert.Empty(ready.Calls);
        Assert.Single(ready.Steps);
    }

    [Fact]
    public async Task What_somebody_changed_since_stops_it_unless_it_is_forced()
    {
        var live = """{"On":true,"Level":9}""";

        Assert.Equal("Level", Assert.Single(Assert.IsType<UndoPlan.Conflict>(await PlanAsync(live)).Differences).At);
        Assert.Single(Assert.IsType<UndoPlan.Ready>(await PlanAsync(live, force: true)).Calls);
    }

    private static Task<UndoPlan> PlanAsync(string live, bool force = false) =>
        Undoer.PlanAsync(Change(), OneSetting.Wants, new OneSetting(live), force, CancellationToken.None);

    private static PlannedChange Change() => OneSetting.Changed(
        OneSetting.Wants, new() { Step = "setting", Before = Json.Parse(Before), After = Json.Parse(After), Calls = [] });
}
