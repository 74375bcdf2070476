using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A list that is changed item by item: items that are equal except for their ids are the same item.</summary>
public sealed class ListChangeTests
{
    private static readonly ListChange List = new(OneSetting.Removes.Steps[0], part => StateKey.Of(part, ["Id"]));

    [Fact]
    public void Plan_removes_and_adds_the_items_of_the_difference()
    {
        var change = Plan("[a1, b2]", going: "[b2]", coming: "[c]")!;

        AssertSame("[a1, c]", change.Plan.After);
        Assert.Equal(["x:Remove [b2]", "x:Add [c]"], Calls(change.Calls));
    }

    [Fact]
    public void Plan_that_adds_and_removes_nothing_is_not_a_plan() => Assert.Null(Plan("[a1]", "[]", "[]"));

    [Theory]
    [InlineData("nothing was done", "[a1, b2]", "x:Remove [b2]", "x:Add [c]")]
    [InlineData("the ids are new", "[a7, b8]", "x:Remove [b8]", "x:Add [c]")]
    [InlineData("one call was done", "[a1]", "x:Add [c]")]
    [InlineData("the other call was done", "[a1, b2, c3]", "x:Remove [b2]")]
    [InlineData("all was done", "[a1, c3]")]
    [InlineData("all was done, and somebody added a part", "[a1, c3, d4]")]
    [InlineData("somebody took the rest away", "[c3]")]
    public void A_change_that_stopped_does_what_is_left(string what, string live, params string[] left)
    {
        var planned = Plan("[a1, b2]", going: "[b2]", coming: "[c]")!.Plan;

        Assert.True(left.SequenceEqual(Resume(planned, live)), what);
    }

    [Theory]
    [InlineData("all was done", "[a1, c3]", "x:Remove [c3]", "x:Add [b2]")]
    [InlineData("one call was done", "[a1]", "x:Add [b2]")]
    [InlineData("it was put back, with a new id", "[a1, b9]")]
    [InlineData("nothing was done", "[a1, b2]")]
    [InlineData("somebody's own part stays", "[a1, c3, d4]", "x:Remove [c3]", "x:Add [b2]")]
    public void Undo_removes_what_was_added_and_restores_what_was_removed(string what, string live, params string[] back)
    {
        var done = Plan("[a1, b2]", going: "[b2]", coming: "[c]")!.Plan;

        Assert.True(back.SequenceEqual(Undo(done, live)), what);
    }

    [Fact]
    public void Of_equal_items_only_the_planned_number_is_removed()
    {
        var planned = Plan("[a1, a2]", going: "[a2]", coming: "[]")!.Plan;

        AssertSame("[a1]", planned.After);
        Assert.Equal(["x:Remove [a2]"], Resume(planned, "[a1, a2]"));
        Assert.Empty(Resume(planned, "[a1]"));
        Assert.Equal(["x:Add [a2]"], Undo(planned, "[a1]"));
        Assert.Empty(Undo(planned, "[a1, a5]"));
    }

    [Fact]
    public void Of_equal_items_only_the_planned_number_is_added()
    {
        var planned = Plan("[a1]", going: "[]", coming: "[a]")!.Plan;

        AssertSame("[a1, a]", planned.After);
        Assert.Equal(["x:Add [a]"], Resume(planned, "[a1]"));
        Assert.Empty(Resume(planned, "[a1, a2]"));
        Assert.Equal(["x:Remove [a2]"], Undo(planned, "[a1, a2]"));
    }

    [Fact]
    public void Where_nothing_is_set_all_comes_back()
    {
        var planned = Plan("[a1, b2]", going: "[a1, b2]", coming: "[]")!.Plan;

        Assert.Equal(["x:Add [a1, b2]"], Undo(planned, "[]"));
    }

    [Fact]
    public void What_is_left_keeps_its_order() =>
        AssertSame("[a1, c3, d4, e]", Plan("[a1, b2, c3, d4]", going: "[b2]", coming: "[e]")!.Plan.After);

    /// <summary>A call that writes the whole list gets the list, and what of it changes.</summary>
    [Theory]
    [InlineData("[b2]", "[]", "x:Replace [b2] of [a1, c3]")]
    [InlineData("[]", "[d]", "x:Replace [d] of [a1, b2, c3, d]")]
    [InlineData("[b2]", "[d]", "x:Replace [b2] of [a1, c3, d]")]
    public void Write_without_an_undo_is_one_call_with_the_whole_list(string going, string coming, string call)
    {
        var change = Whole.Plan(
            Scope.Empty, Parts("[a1, b2, c3]"), [.. Parts(going).EnumerateArray()], [.. Parts(coming).EnumerateArray()])!;

        Assert.Equal(call, Replaces(Assert.Single(change.Calls)));
    }

    [Fact]
    public void Undo_of_a_list_that_is_gone_writes_all_that_was_there()
    {
        var done = Whole.Plan(Scope.Empty, Parts("[a1, b2]"), [.. Parts("[b2]").EnumerateArray()], [])!.Plan;

        var undo = Assert.IsType<UndoStep.Calls>(Whole.Undo(Scope.Empty, Json.Null, done));

        Assert.Equal("x:Replace [b2] of [a1, b2]", Replaces(Assert.Single(undo.Back)));
    }

    /// <summary>Somebody's own part stays in the list that is written, and the call knows what was there before.</summary>
    [Fact]
    public void Undo_of_a_list_that_is_written_whole_keeps_what_somebody_added()
    {
        var done = Whole.Plan(Scope.Empty, Parts("[a1, b2]"), [.. Parts("[b2]").EnumerateArray()], [])!.Plan;

        var undo = Assert.IsType<UndoStep.Calls>(Whole.Undo(Scope.Empty, Parts("[a1, d4]"), done));

        var call = Assert.Single(undo.Back);
        Assert.Equal("x:Replace [b2] of [a1, d4, b2]", Replaces(call));
        AssertSame("[a1, b2]", call.Planned.Input.Member("Was"));
    }

    private static readonly ListChange Whole = new(
        PlaybookReader.Read("x/whole", "x/whole.yaml", """
            summary: Sets it.
            rules: [X_RULE]
            resource: AWS::X::Thing
            impact: none
            manual: Ask.
            read: {call: x:Read, take: Setting}
            remove: "state[?Open]"
            write: {call: x:Replace, with: {Items: "${items}", All: "${target}", Was: "${before}"}}
            """).Steps[0],
        part => StateKey.Of(part, ["Id"]));

    private static string Replaces(ReadyCall call) =>
        $"{call.Planned.Operation} {Short(call.Planned.Input.Member("Items"))} of {Short(call.Planned.Input.Member("All"))}";

    private static StepChange? Plan(string state, string going, string coming) =>
        List.Plan(Scope.Empty, Parts(state), [.. Parts(going).EnumerateArray()], [.. Parts(coming).EnumerateArray()]);

    private static string[] Resume(StepPlan planned, string live) => List.Resume(Scope.Empty, Parts(live), planned) switch
    {
        ResumeStep.Calls(var left) => Calls(left),
        _ => [],
    };

    private static string[] Undo(StepPlan done, string live) => List.Undo(Scope.Empty, Parts(live), done) switch
    {
        UndoStep.Calls(var back) => Calls(back),
        _ => [],
    };

    private static string[] Calls(ImmutableArray<ReadyCall> calls) =>
        [.. calls.Select(c => $"{c.Planned.Operation} {Short(c.Planned.Input.Member("Items"))}")];

    private static void AssertSame(string parts, JsonElement list) => Assert.Equal(parts, Short(list));

    /// <summary><c>[a1, b]</c>: an item a with the id 1, and an item b without one.</summary>
    private static JsonElement Parts(string text) => Json.List(text.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .Select(part => Json.Parse(part.Length > 1 ? $$"""{"Name":"{{part[0]}}","Id":{{part[1..]}}}""" : $$"""{"Name":"{{part}}"}""")));

    private static string Short(JsonElement list) =>
        $"[{string.Join(", ", list.EnumerateArray().Select(ShortPart))}]";

    private static string ShortPart(JsonElement part) => $"{part.TextOf("Name")}{(part.Member("Id") is var id && id.IsNull() ? "" : id)}";
}
