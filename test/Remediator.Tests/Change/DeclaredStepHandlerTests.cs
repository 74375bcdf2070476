using System.Text.Json;
using Remediator.Change;
using Remediator.Change.Recorded;
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

    /// <summary>Where a playbook has calls for the parts of a list, a rollback leaves the parts that somebody added since alone.</summary>
    [Theory]
    [InlineData("[1,3]", "x:Remove [3]|x:Add [2]")]
    [InlineData("[1,2,3]", "x:Remove [3]")]
    [InlineData("[1]", "x:Add [2]")]
    public void Rollback_of_a_list_goes_part_by_part(string bad, string calls)
    {
        var planned = RolledBack(Items, "[1,2]", bad, bad);

        Assert.True(planned.Plan.IsRollback);
        Assert.Equal(
            calls,
            string.Join('|', planned.Calls.Select(c => $"{c.Planned.Operation} {c.Planned.Input.Member("Items").GetRawText()}")));
    }

    [Fact]
    public void Playbook_for_rollbacks_alone_goes_part_by_part_where_it_has_calls_for_both_ways()
    {
        var step = Read(
            "undo: {call: x:Add, with: {Items: '${items}'}}", """write: {call: x:Remove, with: {Items: "${items}"}}""");

        Assert.Equal(
            ["x:Remove [3]", "x:Add [2]"],
            RolledBack(step, "[1,2]", "[1,3]", "[1,3]").Calls
                .Select(c => $"{c.Planned.Operation} {c.Planned.Input.Member("Items").GetRawText()}"));
    }

    [Theory]
    [InlineData("", "x:Write [1,2]")]
    [InlineData("""want: [7]""", "x:Write [1,2]")]
    [InlineData("want: [7]\nundo: {call: x:Add, with: {Items: '${before}'}}", "x:Add [1,2]")]
    public void Rollback_of_a_list_goes_as_a_whole_where_the_playbook_has_no_calls_for_parts(string more, string calls)
    {
        var step = Read(more, """write: {call: x:Write, with: {Items: "${target}"}}""");

        var planned = RolledBack(step, "[1,2]", "[1,3]", "[1,3]");

        Assert.Equal(
            calls,
            string.Join('|', planned.Calls.Select(c => $"{c.Planned.Operation} {c.Planned.Input.Member("Items").GetRawText()}")));
    }

    /// <summary>What the drift added is taken away by its name, and the rest goes back to what it was.</summary>
    [Fact]
    public void Rollback_knows_what_was_there_before_and_what_the_drift_added()
    {
        var step = Read(
            "",
            """
            write: {call: x:Write, with: {All: "${target}"}}
            undo:
              - {call: x:Untag, when: added, with: {Keys: "${added}"}}
              - {call: x:Tag, with: {Tags: "${before}", Diff: "${diff}"}}
            """);

        var planned = RolledBack(step, """{"a":1,"b":1}""", """{"a":2,"b":1,"c":1}""", """{"a":2,"b":1,"c":1,"mine":1}""");

        Assert.Equal(
            ["""x:Untag {"Keys":["c"]}""", """x:Tag {"Tags":{"a":1,"b":1,"mine":1},"Diff":{"a":1}}"""],
            planned.Calls.Select(c => $"{c.Planned.Operation} {c.Planned.Input.GetRawText()}"));
    }

    [Fact]
    public void Rollback_says_what_was_changed_since_and_what_is_not_recorded()
    {
        var since = Assert.IsType<RecordedStep.Refused>(
            Setting.PlanRecorded(Scope.Empty, Read("""{"On":true,"Level":9}"""), Recorded("""{"Level":1}""", """{"Level":3}""")));
        var masked = Assert.IsType<RecordedStep.Refused>(
            Setting.PlanRecorded(Scope.Empty, Read("""{"Level":"3"}"""), Recorded("""{"Level":"****"}""", """{"Level":"3"}""")));

        Assert.Equal((Reason.ChangedSince, "Level"), (since.Why, Assert.Single(since.At)));
        Assert.Equal((Reason.Masked, "Level"), (masked.Why, Assert.Single(masked.At)));
        Assert.IsType<RecordedStep.Nothing>(
            Setting.PlanRecorded(Scope.Empty, Read("""{"Level":1}"""), Recorded("""{"Level":"1"}""", """{"Level":3}""")));
    }

    /// <summary>AWS Config writes numbers as text and empty values for absent ones; an API's answer is taken by its word.</summary>
    [Theory]
    [InlineData(true, "nothing")]
    [InlineData(false, "conflict Level")]
    public void Interrupted_rollback_takes_an_empty_value_for_none(bool isRollback, string expected)
    {
        var planned = Planned("""{"On":true,"Level":1}""", """{"On":true}""") with { IsRollback = isRollback };

        Assert.Equal(expected, Setting.Resume(Scope.Empty, Read("""{"On":true,"Level":""}"""), planned) switch
        {
            ResumeStep.Nothing => "nothing",
            ResumeStep.Conflict(var differences) => $"conflict {string.Join(' ', differences.Select(d => d.At))}",
            var other => $"{other}",
        });
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Interrupted_rollback_of_a_list_knows_its_parts_in_the_form_of_the_API(bool isRollback, int calls)
    {
        var part = Json.Parse("""{"Port":"22"}""");
        var planned = Planned("""[{"Port":"22"}]""", "[]") with { Removed = [part], IsRollback = isRollback };

        var left = Items.Resume(Scope.Empty, Read("""[{"Port":22}]"""), planned);

        Assert.Equal(calls, left is ResumeStep.Calls made ? made.Left.Length : 0);
    }

    /// <summary>A call that names what was added, or says what was there, has to say the same however often it is made.</summary>
    [Fact]
    public void Calls_know_what_was_there_what_is_added_and_what_differs()
    {
        const string With = """with: {Was: "${before}", Added: "${added}", Diff: "${diff}", Target: "${target}"}""";
        var step = Read("want: {On: true, Level: 3}", $"write: {{call: x:Write, {With}}}\nundo: {{call: x:Undo, {With}}}");
        const string Was = """{"Level":1,"Name":"a"}""";

        var plan = step.Plan(Scope.Empty, Read(Was))!;
        AssertSame(
            """{"Was":{"Level":1,"Name":"a"},"Added":["On"],"Diff":{"On":true,"Level":3},"Target":{"Level":3,"Name":"a","On":true}}""",
            Assert.Single(plan.Calls).Planned.Input);

        var left = Assert.IsType<ResumeStep.Calls>(step.Resume(Scope.Empty, Read("""{"Level":3,"Name":"a"}"""), plan.Plan));
        AssertSame(
            """{"Was":{"Level":1,"Name":"a"},"Added":["On"],"Diff":{"On":true},"Target":{"Level":3,"Name":"a","On":true}}""",
            Assert.Single(left.Left).Planned.Input);

        var undo = Assert.IsType<UndoStep.Calls>(
            step.Undo(Scope.Empty, Read("""{"Level":3,"Name":"a","On":true}"""), plan.Plan, force: false));
        AssertSame(
            """{"Was":{"Level":1,"Name":"a"},"Added":["On"],"Diff":{"Level":1},"Target":{"Level":1,"Name":"a"}}""",
            Assert.Single(undo.Back).Planned.Input);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"Attached":false}""", "x:Delete")]
    [InlineData("""{"Attached":true}""", null)]
    public void Resource_is_deleted_only_where_the_playbook_says_so(string state, string? call)
    {
        var step = Read("deletes: state.Attached == `false`", "write: {call: x:Delete}");

        var planned = step.Plan(Scope.Empty, Read(state));

        Assert.Equal(call, planned?.Calls.Single().Planned.Operation);
        if (planned is not null)
        {
            Assert.True(planned.Plan.Deletes);
            AssertSame(state, planned.Plan.Before);
            Assert.True(planned.Plan.After.IsNull());
            Assert.Equal(
                "What was deleted is not brought back. What was read of it before stands in the plan.",
                Assert.Throws<NotReversibleException>(
                    () => step.Undo(Scope.Empty, new(Json.Null, Json.Null), planned.Plan, force: false)).Message);
        }
    }

    [Fact]
    public void Value_that_is_worked_out_is_written_and_what_cannot_be_worked_out_is_a_refusal_in_words()
    {
        var step = OneSetting.Wants.Steps[0] with { Want = null, Procedure = "some-procedure" };

        var planned = new DeclaredStepHandler(step, scope => scope["state"].Member("Wanted")).Plan(
            Scope.Empty, Read("""{"Wanted":{"On":true}}"""));
        AssertSame("""{"On":true}""", planned!.Plan.After);

        var error = Assert.Throws<ExpressionException>(
            () => new DeclaredStepHandler(step, _ => throw new FormatException()).Plan(Scope.Empty, Read(Before)));
        Assert.Equal("some-procedure", error.Text);
        Assert.Contains("procedure", error.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(
            () => new DeclaredStepHandler(step, _ => throw new NotSupportedException()).Plan(Scope.Empty, Read(Before)));
    }

    [Fact]
    public void Undo_of_what_was_not_there_says_which_member_somebody_changed()
    {
        var conflict = Assert.IsType<UndoStep.Conflict>(Setting.Undo(
            Scope.Empty, Read("""{"On":true,"Level":4}"""), Planned("null", """{"On":true,"Level":3}"""), force: false));

        Assert.Equal("Level", Assert.Single(conflict.Differences).At);
    }

    [Fact]
    public void What_a_change_set_among_other_calls_did_is_not_taken_back()
    {
        var step = OneSetting.Wants.Steps[0];
        var handler = new DeclaredStepHandler(step with { Write = [step.Write[0], step.Write[0] with { Runs = LongCall.ChangeSet }] });

        var error = Assert.Throws<NotReversibleException>(
            () => handler.Undo(Scope.Empty, Read(After), Planned(Before, After), force: false));

        Assert.StartsWith("What a change set of CloudFormation did is not taken back.", error.Message, StringComparison.Ordinal);
    }

    private static DeclaredStepHandler Read(string more, string write)
    {
        var rules = more.Contains("want", StringComparison.Ordinal) || more.Contains("deletes", StringComparison.Ordinal) ? "X_RULE" : "";
        return new(PlaybookReader.Read("x/one", "x/one.yaml", $$"""
            summary: Sets it.
            rules: [{{rules}}]
            resource: AWS::X::Thing
            impact: none
            manual: Ask.
            """ + $"\nread: {{call: x:Read, take: Setting}}\nrecorded: configuration\n{more}\n{write}\n").Steps[0]);
    }

    private static RecordedValues Recorded(string good, string bad) => new(Json.Parse(good), Json.Parse(bad), Json.Parse(bad));

    private static StepChange RolledBack(IStepHandler step, string good, string bad, string live) => Assert.IsType<RecordedStep.Change>(
        step.PlanRecorded(Scope.Empty, Read(live), new(Json.Parse(good), Json.Parse(bad), Json.Parse(live)))).Planned;

    private static Reading Read(string state) => new(Json.Parse(state), Json.Null);

    private static StepPlan Planned(string before, string after) =>
        new() { Step = "setting", Before = Json.Parse(before), After = Json.Parse(after), Calls = [] };

    private static void AssertSame(string expected, JsonElement actual) =>
        Assert.True(StateComparer.Exact.Same(Json.Parse(expected), actual), $"{expected}\n{actual.GetRawText()}");
}
