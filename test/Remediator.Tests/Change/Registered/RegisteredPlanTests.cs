using Remediator.Change;
using Remediator.Change.Registered;
using Remediator.Incidents;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Tests.Change.Registered;

/// <summary>What a rollback through Cloud Control writes, case by case.</summary>
public sealed class RegisteredPlanTests
{
    private const string Facts = """
        {"id":["Name"],"properties":["Name","Arn","Kind","Delay","Open","Mode","Policy","Settings","Rules","Tags","Force"],
         "readOnly":["Arn","Settings/Status","Rules/*/Id"],"createOnly":["Name","Kind"],"switches":["Force"],"tags":"Tags",
         "numbers":["Delay","Settings/Size"],"flags":["Open"],"words":["Mode"],"stays":["Delay"]}
        """;

    private static readonly RegisteredPlan Plan = RegisteredPlan.Of("AWS::Some::Type", Facts);

    /// <summary>The good, bad and live models, and the patch; "nothing" if there is none to make.</summary>
    [Theory]
    [InlineData("""{"Delay":"30"}""", """{"Delay":"60"}""", """{"Delay":60}""", """[{"op":"replace","path":"/Delay","value":30}]""")]
    [InlineData("""{"Delay":"30"}""", "{}", "{}", """[{"op":"add","path":"/Delay","value":30}]""")]
    [InlineData("""{"Open":"false"}""", """{"Open":"true"}""", """{"Open":true}""", """[{"op":"replace","path":"/Open","value":false}]""")]
    [InlineData("""{"Open":"true"}""", "{}", "{}", """[{"op":"add","path":"/Open","value":true}]""")]
    [InlineData("""{"Policy":""}""", """{"Policy":{"A":"*"}}""", """{"Policy":{"A":"*"}}""", """[{"op":"remove","path":"/Policy"}]""")]
    [InlineData("""{"Mode":"NONE"}""", """{"Mode":"FAST"}""", """{"Mode":"FAST"}""", """[{"op":"remove","path":"/Mode"}]""")]
    [InlineData("""{"Mode":"FAST"}""", """{"Mode":"none"}""", "{}", """[{"op":"add","path":"/Mode","value":"FAST"}]""")]
    [InlineData(
        """{"Settings":{"Size":"1","Log":"a"}}""",
        """{"Settings":{"Size":"2","Log":"a"}}""",
        """{"Settings":{"Size":2,"Log":"b","Status":"OK"}}""",
        """[{"op":"replace","path":"/Settings/Size","value":1}]"""
    )]
    [InlineData("""{"Settings":{"Size":1,"Log":""}}""", "{}", "{}", """[{"op":"add","path":"/Settings","value":{"Size":1}}]""")]
    [InlineData(
        """{"Rules":[{"From":1}]}""",
        """{"Rules":[{"From":1},{"From":2}]}""",
        """{"Rules":[{"From":2,"Id":"r-2"},{"From":1,"Id":"r-1"}]}""",
        """[{"op":"replace","path":"/Rules","value":[{"From":1}]}]"""
    )]
    [InlineData("""{"Rules":[]}""", """{"Rules":[{"From":2}]}""", """{"Rules":[{"From":2}]}""", """[{"op":"remove","path":"/Rules"}]""")]
    [InlineData(
        """{"Settings":{"a/b":"1"}}""",
        """{"Settings":{"a/b":"2"}}""",
        """{"Settings":{"a/b":"2"}}""",
        """[{"op":"replace","path":"/Settings/a~1b","value":"1"}]"""
    )]
    [InlineData(
        """{"Policy":"{\"A\":1}"}""",
        """{"Policy":"{\"A\": 2}"}""",
        """{"Policy":{"A":2}}""",
        """[{"op":"replace","path":"/Policy/A","value":1}]"""
    )]
    [InlineData(
        """{"Policy":"{\"A\":1}"}""",
        """{"Policy":{"A":2}}""",
        """{"Policy":"{ \"A\": 2 }"}""",
        """[{"op":"replace","path":"/Policy","value":"{\"A\":1}"}]"""
    )]
    [InlineData(
        """{"Policy":{"A":1}}""",
        """{"Policy":{"A":2}}""",
        """{"Policy":"{\"A\":2}"}""",
        """[{"op":"replace","path":"/Policy","value":"{\"A\":1}"}]"""
    )]
    [InlineData("""{"Delay":"30"}""", """{"Delay":"60"}""", """{"Delay":30}""", "nothing")]
    [InlineData("""{"Open":true}""", """{"Open":true}""", """{"Open":false}""", "nothing")]
    [InlineData("""{"Arn":"a"}""", """{"Arn":"b"}""", """{"Arn":"b"}""", "nothing")]
    [InlineData("""{"Force":true}""", """{"Force":false}""", "{}", "nothing")]
    [InlineData("""{"Settings":{"Status":"OK"}}""", """{"Settings":{"Status":"BAD"}}""", """{"Settings":{"Status":"BAD"}}""", "nothing")]
    [InlineData("""{"Unheard":1}""", """{"Unheard":2}""", """{"Unheard":2}""", "nothing")]
    [InlineData(
        """{"Tags":[{"Key":"a","Value":"1"}]}""",
        """{"Tags":[{"Key":"a","Value":"2"}]}""",
        """{"Tags":[{"Key":"aws:x","Value":"y"},{"Key":"b","Value":"3"},{"Key":"a","Value":"2"}]}""",
        """[{"op":"replace","path":"/Tags","value":[{"Key":"aws:x","Value":"y"},{"Key":"b","Value":"3"},{"Key":"a","Value":"1"}]}]"""
    )]
    [InlineData(
        """{"Tags":{"a":"1"}}""",
        """{"Tags":{"a":"2"}}""",
        """{"Tags":{"aws:x":"y","b":"3","a":"2"}}""",
        """[{"op":"replace","path":"/Tags/a","value":"1"}]"""
    )]
    [InlineData("""{"Tags":[{"Key":"aws:x","Value":"y"}]}""", """{"Tags":[]}""", """{"Tags":[{"Key":"b","Value":"3"}]}""", "nothing")]
    public void Patch_is_the_smallest_that_gives_the_good_value(string good, string bad, string live, string patch)
    {
        var planned = Plan.From(good, bad, live);

        if (patch is "nothing")
        {
            Assert.IsType<RecordedStep.Nothing>(planned);
            return;
        }

        var made = RegisteredPlan.Patch(planned);
        Assert.True(StateComparer.Exact.Same(Json.Parse(patch), made), made.GetRawText());
    }

    [Theory]
    [InlineData("""{"Mode":"A"}""", """{"Mode":"B"}""", """{"Mode":"C"}""", "changed-since", "Mode")]
    [InlineData(
        """{"Rules":[{"From":1}]}""",
        """{"Rules":[{"From":2}]}""",
        """{"Rules":[{"From":2},{"From":3}]}""",
        "changed-since",
        "Rules"
    )]
    [InlineData(
        """{"Tags":[{"Key":"a","Value":"1"}]}""",
        """{"Tags":[{"Key":"a","Value":"2"}]}""",
        """{"Tags":[{"Key":"a","Value":"3"}]}""",
        "changed-since",
        "Tags"
    )]
    [InlineData("""{"Mode":"******"}""", """{"Mode":"B"}""", """{"Mode":"B"}""", "masked", "Mode")]
    public void Nothing_is_written_where_it_would_be_guessed(string good, string bad, string live, string reason, string at)
    {
        var refused = Assert.IsType<RecordedStep.Refused>(Plan.From(good, bad, live));

        Assert.Equal((reason, at), (refused.Why.Name(), Assert.Single(refused.At)));
    }

    /// <summary>Any update loses what no read returns, unless the object that would hold it does not exist.</summary>
    [Theory]
    [InlineData("Secret", """{"Mode":"B"}""", true)]
    [InlineData("Login/Password", """{"Mode":"B","Login":{"Reset":true}}""", true)]
    [InlineData("Rules/*/Key/Secret", """{"Mode":"B","Rules":[{"Key":{"Id":"k"}}]}""", true)]
    [InlineData("Rules/*/Key/Secret", """{"Mode":"B","Rules":[{"From":1}]}""", false)]
    [InlineData("Login/Password", """{"Mode":"B"}""", false)]
    public void Update_that_would_lose_what_no_read_gives_back_is_refused(string writeOnly, string live, bool isRefused)
    {
        var plan = RegisteredPlan.Of(
            "AWS::Some::Type",
            $$"""{"id":["Name"],"properties":["Name","Mode","Secret","Login","Rules"],"writeOnly":["{{writeOnly}}"]}"""
        );

        var planned = plan.From("""{"Mode":"A"}""", """{"Mode":"B"}""", live);

        Assert.Equal(
            isRefused,
            planned is RecordedStep.Refused { Why: Reason.Masked, Says: { } says } && says.Contains(writeOnly, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Delay":30}""", "{}", "{}", "The way back is not exact")]
    [InlineData("{}", """{"Delay":30}""", """{"Delay":30}""", "this may have no effect")]
    [InlineData("""{"Delay":30}""", """{"Delay":60}""", """{"Delay":60}""", null)]
    public void Removal_that_the_provider_ignores_is_said_before(string good, string bad, string live, string? says)
    {
        var type = RegisteredType.Of("AWS::Some::Type", Json.Parse(Facts));

        var caveat = RegisteredItems.Caveat(type, Json.Parse(live), RegisteredPlan.Plan(Plan.From(good, bad, live)));

        if (says is null)
        {
            Assert.Null(caveat);
            return;
        }

        Assert.Contains(says, caveat, StringComparison.Ordinal);
    }

    /// <summary>Resource handlers rewrite lists, and JSON in texts.</summary>
    [Theory]
    [InlineData("""{"Policy":"{\"A\":1}"}""", """{"Policy":"{\"A\":2}"}""", """{"Policy":"{ \"A\" : 1 }"}""")]
    [InlineData("""{"Rules":[{"From":1},{"From":2}]}""", """{"Rules":[]}""", """{"Rules":[{"From":2,"Id":"x"},{"From":1,"Id":"y"}]}""")]
    [InlineData("""{"Mode":""}""", """{"Mode":"B"}""", """{"Mode":""}""")]
    public void What_was_written_is_recognised_in_another_form(string good, string bad, string readBack)
    {
        var plan = RegisteredPlan.Plan(Plan.From(good, bad, bad));

        Assert.IsType<ResumeStep.Nothing>(Plan.Resume(plan, Json.Parse(readBack)));
    }

    /// <summary>The journal escapes a quotation mark in a text as \u0022.</summary>
    [Theory]
    [InlineData("""{"PatchDocument":"[{\u0022op\u0022:\u0022remove\u0022}]"}""", false)]
    [InlineData("""{"PatchDocument":"[{\u0022op\u0022:\u0022add\u0022}]"}""", true)]
    public void Plan_from_the_journal_is_the_plan_that_was_shown(string journaled, bool isOther)
    {
        var step = RegisteredPlan.Plan(Plan.From("{}", """{"Mode":"B"}""", """{"Mode":"B"}"""));
        var made = new Plan([step with { Calls = [new("a:B", Json.Parse("""{"PatchDocument":"[{\"op\":\"remove\"}]"}"""))] }]);
        var shown = new Plan([step with { Calls = [new("a:B", Json.Parse(journaled))] }]);

        Assert.Equal(isOther, made.IsOtherThan(shown));
    }

    [Fact]
    public void Undo_stops_where_somebody_changed_what_was_written()
    {
        var plan = RegisteredPlan.Plan(Plan.From("""{"Mode":"A"}""", """{"Mode":"B"}""", """{"Mode":"B"}"""));

        Assert.Equal("""[{"op":"replace","path":"/Mode","value":"B"}]""", Plan.Back(plan, Json.Parse("""{"Mode":"A"}"""))?.GetRawText());
        Assert.Null(Plan.Back(plan, Json.Parse("""{"Mode":"C"}""")));
    }
}
