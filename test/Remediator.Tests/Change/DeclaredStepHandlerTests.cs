using System.Text.Json;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>
/// The three-way merge, member by member: the value read before, the value to write, and the value that the resource holds now.
/// </summary>
public sealed class DeclaredStepHandlerTests
{
    private const string Before = """{"On":false,"Level":1,"Name":"a"}""";
    private const string After = """{"On":true,"Level":3,"Name":"a"}""";

    private static readonly IStepHandler Setting = StepHandlers.Of(OneSetting.Wants, "setting");

    private static readonly IStepHandler Items = StepHandlers.Of(OneSetting.Removes, "setting");

    [Fact]
    public void Plan_merges_the_wanted_value_over_the_state_and_keeps_the_rest()
    {
        var change = Setting.Plan(Scope.Empty, Read(Before))!;

        AssertSame(After, change.Plan.After);
        AssertSame(Before, change.Plan.Before);
        Assert.Equal("x:Write", Assert.Single(change.Calls).Planned.Operation);
    }

    [Theory]
    [InlineData(After)]
    [InlineData("""{"On":true,"Level":3,"Name":"a","Etag":"new"}""")]
    public void There_is_no_plan_if_the_resource_is_already_right(string live) => Assert.Null(Setting.Plan(Scope.Empty, Read(live)));

    [Theory]
    [InlineData(Before, "calls")]
    [InlineData("""{"On":true,"Level":1,"Name":"a"}""", "calls")]
    [InlineData("""{"On":false,"Level":1,"Name":"another"}""", "calls")]
    [InlineData(After, "nothing")]
    [InlineData("""{"On":true,"Level":3,"Name":"another"}""", "nothing")]
    [InlineData("""{"On":true,"Level":2,"Name":"a"}""", "conflict Level")]
    [InlineData("""{"Level":1,"Name":"a"}""", "conflict On")]
    public void Interrupted_change_continues_only_from_its_own_values(string live, string expected)
    {
        var actual = Setting.Resume(Scope.Empty, Read(live), Planned(Before, After)) switch
        {
            ResumeStep.Nothing => "nothing",
            ResumeStep.Calls => "calls",
            ResumeStep.Conflict(var differences) => $"conflict {string.Join(' ', differences.Select(d => d.At))}",
            _ => "",
        };

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Change_that_continues_keeps_other_members_that_somebody_else_changed()
    {
        var left = Assert.IsType<ResumeStep.Calls>(
            Setting.Resume(Scope.Empty, Read("""{"On":true,"Level":1,"Name":"another"}"""), Planned(Before, After)));

        AssertSame("""{"On":true,"Level":3,"Name":"another"}""", Assert.Single(left.Left).Planned.Input.Member("Setting"));
    }

    [Theory]
    [InlineData(After, false, Before)]
    [InlineData("""{"On":true,"Level":3,"Name":"another"}""", false, """{"On":false,"Level":1,"Name":"another"}""")]
    [InlineData("""{"On":false,"Level":3,"Name":"a"}""", false, Before)]
    [InlineData("""{"On":true,"Level":7,"Name":"a"}""", true, Before)]
    public void Undo_restores_only_the_members_that_were_written(string live, bool force, string back)
    {
        var undo = Assert.IsType<UndoStep.Calls>(Setting.Undo(Scope.Empty, Read(live), Planned(Before, After), force));

        AssertSame(back, Assert.Single(undo.Back).Planned.Input.Member("Setting"));
    }

    [Fact]
    public void Undo_stops_where_the_resource_no_longer_holds_what_was_written()
    {
        var conflict = Assert.IsType<UndoStep.Conflict>(
            Setting.Undo(Scope.Empty, Read("""{"On":true,"Level":7,"Name":"a"}"""), Planned(Before, After), force: false));

        Assert.Equal("Level", Assert.Single(conflict.Differences).At);
    }

    [Theory]
    [InlineData(Before)]
    [InlineData("""{"On":false,"Level":1,"Name":"another"}""")]
    public void Undo_does_nothing_where_all_of_it_is_back(string live) =>
        Assert.IsType<UndoStep.Nothing>(Setting.Undo(Scope.Empty, Read(live), Planned(Before, After), force: false));

    [Fact]
    public void Undo_clears_what_was_not_there_and_only_while_it_is_as_it_was_written()
    {
        var made = Planned("null", """{"On":true,"Level":3}""");

        var undo = Assert.IsType<UndoStep.Calls>(Setting.Undo(Scope.Empty, Read("""{"On":true,"Level":3}"""), made, force: false));
        Assert.Equal("x:Clear", Assert.Single(undo.Back).Planned.Operation);
        Assert.IsType<UndoStep.Conflict>(Setting.Undo(Scope.Empty, Read("""{"On":true,"Level":3,"Name":"theirs"}"""), made, force: false));
    }

    [Fact]
    public void Removal_takes_the_offending_items_and_resumes_with_those_that_are_there_still()
    {
        var plan = Items.Plan(Scope.Empty, Read("""[{"Id":1,"Open":true},{"Id":2,"Open":false},{"Id":3,"Open":true}]"""))!.Plan;
        AssertSame("""[{"Id":2,"Open":false}]""", plan.After);

        var left = Assert.IsType<ResumeStep.Calls>(
            Items.Resume(Scope.Empty, Read("""[{"Id":3,"Open":true},{"Id":4,"Open":true}]"""), plan));

        AssertSame("""[{"Id":3,"Open":true}]""", Assert.Single(left.Left).Planned.Input.Member("Items"));
        Assert.IsType<ResumeStep.Nothing>(Items.Resume(Scope.Empty, Read("""[{"Id":4,"Open":true}]"""), plan));
    }

    [Fact]
    public void Undo_of_a_removal_adds_what_is_missing()
    {
        var plan = Items.Plan(Scope.Empty, Read("""[{"Id":1,"Open":true},{"Id":3,"Open":true}]"""))!.Plan;

        var undo = Assert.IsType<UndoStep.Calls>(Items.Undo(Scope.Empty, Read("""[{"Id":3,"Open":true}]"""), plan, force: false));

        var call = Assert.Single(undo.Back).Planned;
        Assert.Equal("x:Add", call.Operation);
        AssertSame("""[{"Id":1,"Open":true}]""", call.Input.Member("Items"));
        Assert.IsType<UndoStep.Nothing>(
            Items.Undo(Scope.Empty, Read("""[{"Id":1,"Open":true},{"Id":3,"Open":true}]"""), plan, force: false));
    }

    private static Reading Read(string state) => new(Json.Parse(state), Json.Null);

    private static StepPlan Planned(string before, string after) =>
        new() { Step = "setting", Before = Json.Parse(before), After = Json.Parse(after), Calls = [] };

    private static void AssertSame(string expected, JsonElement actual) =>
        Assert.True(StateComparer.Exact.Same(Json.Parse(expected), actual), $"{expected}\n{actual.GetRawText()}");
}
