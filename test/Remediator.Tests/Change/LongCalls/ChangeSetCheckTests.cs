using Remediator.Change.LongCalls;
using Remediator.Incidents;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Change.LongCalls;

/// <summary>Only a change set that hands back the one drifted resource, and nothing more of it than what drifted, is carried out.</summary>
public sealed class ChangeSetCheckTests
{
    private const string Downloads =
        """{"LogicalResourceId":"Downloads","Properties":[{"Path":"/Versioning/Status"},{"Path":"/Tags/0/Value"}]}""";

    [Theory]
    [InlineData("Versioning")]
    [InlineData("Tags")]
    [InlineData("Versioning", "Tags")]
    public void Set_that_changes_only_what_drifted_is_carried_out(params string[] names) =>
        Assert.Null(Refusal(Change(string.Join(',', names.Select(n => Detail(n))))));

    [Theory]
    [InlineData("Modify", "Downloads", "Versioning,Logging", "Modify Downloads (Versioning, Logging)")]
    [InlineData("Modify", "Downloads", "Status", "Modify Downloads (Status)")]
    [InlineData("Modify", "Downloads", "", "Modify Downloads")]
    [InlineData("Modify", "Uploads", "Versioning", "Modify Uploads (Versioning)")]
    [InlineData("Remove", "Downloads", "Versioning", "Remove Downloads (Versioning)")]
    public void Set_that_changes_something_else_is_refused_with_what_it_would_do(string action, string id, string names, string said) =>
        Assert.Equal(
            $"It would do something else than hand Downloads back: {said}.",
            Refusal(Change(string.Join(',', names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => Detail(n))), action, id)));

    [Theory]
    [InlineData("True", " with replacement")]
    [InlineData("Conditional", " with replacement")]
    [InlineData("", "")]
    public void Resource_that_may_be_made_anew_is_not_handed_back(string replacement, string said) => Assert.Equal(
        $"It would do something else than hand Downloads back: Modify Downloads (Versioning){said}.",
        Refusal(Change(Detail("Versioning"), replacement: replacement)));

    [Fact]
    public void Change_of_anything_but_properties_is_refused() => Assert.Equal(
        "It would do something else than hand Downloads back: Modify Downloads (Versioning).",
        Refusal(Change(Detail("Versioning", "Tags"))));

    /// <summary>Two that say nothing are not the same.</summary>
    [Theory]
    [InlineData(
        """{"Properties":[{"Path":"/Versioning/Status"}]}""",
        """ "Replacement":"False",""",
        "\"Versioning\"",
        "hand  back: Modify  (Versioning)")]
    [InlineData(
        """{"LogicalResourceId":"Downloads","Properties":[{}]}""",
        """ "LogicalResourceId":"Downloads","Replacement":"False",""",
        "null",
        "hand Downloads back: Modify Downloads")]
    public void What_does_not_say_what_it_is_about_is_not_handed_back(string drifted, string change, string name, string said) =>
        Assert.Equal(
            $"It would do something else than {said}.",
            Refusal(
                $$$"""
                {"ResourceChange":{"Action":"Modify",{{{change}}}
                 "Details":[{"Target":{"Attribute":"Properties","Name":{{{name}}} }}]}}
                """,
                drifted: drifted));

    [Fact]
    public void Set_without_a_change_is_refused() =>
        Assert.Equal("It would do something else than hand Downloads back: .", Refusal(""));

    [Theory]
    [InlineData(2, "Modify Downloads (Versioning), Add R2.")]
    [InlineData(5, "Modify Downloads (Versioning), Add R2, Add R3, Add R4, Add R5.")]
    [InlineData(6, "Modify Downloads (Versioning), Add R2, Add R3, Add R4, Add R5, and more.")]
    public void Of_many_changes_the_first_five_are_said(int changes, string said) => Assert.Equal(
        $"It would do something else than hand Downloads back: {said}",
        Refusal(string.Join(',', Enumerable.Range(2, changes - 1)
            .Select(n => Change("", "Add", $"R{n}", ""))
            .Prepend(Change(Detail("Versioning"))))));

    [Fact]
    public void Set_of_which_not_all_was_read_is_refused() => Assert.Equal(
        "It would do something else than hand Downloads back: Modify Downloads (Versioning), and more.",
        Refusal(Change(Detail("Versioning")), more: "\"NextToken\":\"2\","));

    [Fact]
    public void Set_of_which_no_page_is_left_is_carried_out() =>
        Assert.Null(Refusal(Change(Detail("Versioning")), more: "\"NextToken\":\"\","));

    [Theory]
    [InlineData("", 0)]
    [InlineData(Downloads + ",{}", 2)]
    public void One_resource_is_handed_back_at_a_time(string drifted, int count) => Assert.Equal(
        $"{count} resources of the stack are drifted, and one is handed back at a time.",
        Refusal(Change(Detail("Versioning")), drifted: drifted));

    [Fact]
    public void Incident_without_a_plan_hands_nothing_back() => Assert.Equal(
        "0 resources of the stack are drifted, and one is handed back at a time.",
        ChangeSetCheck.Refusal(Json.EmptyObject, Some.Incident()));

    private static string Detail(string name, string attribute = "Properties") =>
        $$$"""{"Target":{"Attribute":"{{{attribute}}}","Name":"{{{name}}}"}}""";

    private static string Change(string details, string action = "Modify", string id = "Downloads", string replacement = "False") => $$$"""
        {"ResourceChange":{"Action":"{{{action}}}","LogicalResourceId":"{{{id}}}","Replacement":"{{{replacement}}}",
         "Details":[{{{details}}}]}}
        """;

    /// <summary>Of the second of two steps: what the first one saw is another matter.</summary>
    private static string? Refusal(string changes, string more = "", string drifted = Downloads)
    {
        var plan = new Plan([Step(""), Step(drifted)]);
        return ChangeSetCheck.Refusal(
            Json.Parse($$"""{ {{more}}"Changes":[{{changes}}]}"""),
            Some.Incident() with { Change = Some.Planned(plan) with { Step = 1 } });
    }

    private static StepPlan Step(string drifted) =>
        new() { Step = "stack", Before = Json.Parse($$"""{"drifted":[{{drifted}}]}"""), After = Json.Null, Calls = [] };
}
