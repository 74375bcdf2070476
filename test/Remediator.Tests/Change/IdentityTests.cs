using Remediator.Aws;
using Remediator.Change;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>An answer about another resource than the event's is never acted upon.</summary>
public sealed class IdentityTests
{
    private const string Arn = "arn:aws:x:us-east-1:123456789012:thing/one";
    private const string Other = "arn:aws:x:us-east-1:123456789012:thing/two";

    [Theory]
    [InlineData("\"one\"", """{"id":"one"}""")]
    [InlineData("""["x","one"]""", """{"id":"one"}""")]
    [InlineData($"\"{Arn}\"", $$"""{"id":"one","arn":"{{Arn}}"}""")]
    [InlineData($"\"{Arn}\"", $$"""{"id":"{{Arn}}"}""")]
    [InlineData("\"one\"", $$"""{"id":"{{Arn}}","parts":["one"]}""")]
    [InlineData("[null,5,\"one\"]", """{"id":"one"}""")]
    public void Answer_that_names_the_resource_is_about_it(string names, string resource) => Prove(names, resource);

    [Theory]
    [InlineData("\"two\"", """{"id":"one"}""", "one", "'two'")]
    [InlineData("""["two","three"]""", """{"id":"one"}""", "one", "'two'")]
    [InlineData($"\"{Other}\"", $$"""{"id":"one","arn":"{{Arn}}"}""", "one", $"'{Other}'")]
    [InlineData($$"""["one","{{Other}}"]""", $$"""{"id":"{{Arn}}","parts":["one"]}""", Arn, "'one'")]
    [InlineData("\"two\"", """{"id":"one/two","parts":["one","two"]}""", "one/two", "'two'")]
    [InlineData("\"two\"", "{}", "", "'two'")]
    public void Answer_about_another_resource_is_refused_with_both_names(string names, string resource, string id, string other) =>
        Assert.Equal(
            $"The event names '{id}', and x:Read answers about {other}: it may be another resource.",
            Assert.Throws<WrongResourceException>(() => Prove(names, resource)).Message);

    /// <summary>A call that only filters a list gets an empty answer, or another's, where its filter is not understood.</summary>
    [Theory]
    [InlineData("{Name: '${resource.id}'}", null)]
    [InlineData(
        "{Filters: [{Name: name, Values: ['${resource.id}']}]}",
        "The event names 'one', and x:Read answers about a resource without a name: it may be another resource.")]
    public void Answer_without_a_name_counts_only_where_the_service_was_asked_by_its_own_key(string with, string? refusal) => Assert.Equal(
        refusal, Xunit.Record.Exception(() => Prove("null", """{"id":"one"}""", with))?.Message);

    private static void Prove(string names, string resource, string with = "{Name: '${resource.id}'}")
    {
        var playbook = PlaybookReader.Read("x/one", "x/one.yaml", $$$"""
            summary: Sets it.
            rules: [X_RULE]
            resource: AWS::X::Thing
            impact: none
            manual: Ask.
            read: {call: x:Read, with: {{{with}}}, take: Setting}
            want: 1
            write: {call: x:Write, with: {Setting: "${target}"}}
            """);
        Identity.Prove(Json.Parse(names), Json.Parse(resource), playbook.Steps[0].Read[0].Call);
    }
}
