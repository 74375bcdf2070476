using System.Text.Json;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Testing;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>What a playbook's expressions know of the event, the resource, the account, the rule and the policy.</summary>
public sealed class PlanningScopeTests
{
    private static readonly DeployedRule Rule = new("X_RULE", Json.Parse("""{"level":"TRUE","none":""}"""), IsTrusted: false);

    private static readonly JsonElement Size = Json.Parse("""{"size":"large"}""");

    [Fact]
    public void Event_and_account_are_those_of_the_incident()
    {
        var scope = PlanningScope.Of(Of("AWS::X::Thing", "one", "eu-west-1", "It is open."), Read("resource.id"), Rule, Size);

        Assert.Equal(
            """{"account":"123456789012","region":"eu-west-1","ruleName":"some-rule","""
            + "\"ruleArn\":\"arn:aws:config:us-east-1:123456789012:config-rule/config-rule-some-rule\","
            + """
            "resourceType":"AWS::X::Thing","resourceId":"one","annotation":"It is open.","recordedAt":"2026-10-02T07:03:46.0000000+00:00"}
            """,
            scope["event"].GetRawText());
        Assert.Equal("""{"id":"123456789012","region":"eu-west-1","partition":"aws"}""", scope["account"].GetRawText());
    }

    [Fact]
    public void Annotation_that_the_rule_does_not_give_is_empty_and_the_partition_is_the_regions()
    {
        var scope = PlanningScope.Of(Of("AWS::X::Thing", "one", "cn-north-1"), Read("resource.id"), Rule, Size);

        Assert.Equal(("", "aws-cn"), (scope["event"].TextOf("annotation"), scope["account"].TextOf("partition")));
    }

    [Fact]
    public void Rule_and_policy_give_their_values()
    {
        var scope = PlanningScope.Of(Of("AWS::X::Thing", "one"), Read("resource.id"), Rule, Size);

        Assert.Equal(
            ("""{"level":"true"}""", """{"size":"large"}"""), (scope["rule"].GetRawText(), scope["params"].GetRawText()));
    }

    [Fact]
    public void Fix_misses_a_parameter_and_a_rollback_and_a_guide_do_not()
    {
        var (incident, playbook) = (Of("AWS::X::Thing", "one"), Read("resource.id"));

        Assert.Throws<NotConfiguredException>(() => PlanningScope.Of(incident, playbook, Rule, Json.EmptyObject));
        Assert.Equal("{}", PlanningScope.OfRollback(incident, playbook, Rule, Json.EmptyObject)["params"].GetRawText());
        var guide = PlanningScope.OfGuide(incident, playbook, Rule.Parameters);
        Assert.True(guide["params"].IsNull());
        Assert.Equal("""{"level":"true"}""", guide["rule"].GetRawText());
    }

    [Fact]
    public void Parameter_of_the_rule_that_the_playbook_does_not_know_is_for_a_person_before_a_fix() =>
        Assert.Throws<NotConfiguredException>(() => PlanningScope.Of(
            Of("AWS::X::Thing", "one"), Read("resource.id"), Rule with { Parameters = Json.Parse("""{"unheard":"x"}""") }, Size));

    [Fact]
    public void Name_of_several_parts_goes_by_the_last() => Assert.Equal(
        """{"id":"one|two","type":"AWS::X::Thing","name":"two","parts":["one","two"]}""",
        PlanningScope.OfRollback(Of("AWS::X::Thing", "one|two"), Read("resource.id"), Rule, Json.EmptyObject)["resource"].GetRawText());

    /// <summary>An ARN in another form passes on where only the API has to understand it.</summary>
    [Theory]
    [InlineData("resource.arn", false)]
    [InlineData("resource.name", true)]
    [InlineData("resource.parts[0]", true)]
    public void Name_that_cannot_be_read_is_missed_where_the_playbook_uses_it(string uses, bool isMissed)
    {
        const string Arn = "arn:aws:lambda:us-east-1:123456789012:layer:shared";
        var incident = Of("AWS::Lambda::Function", Arn);

        JsonElement Resource() => PlanningScope.OfRollback(incident, Read(uses), Rule, Json.EmptyObject)["resource"];

        if (isMissed)
        {
            Assert.Throws<WrongResourceException>(() => Resource());
            return;
        }

        Assert.Equal($$"""{"id":"{{Arn}}","type":"AWS::Lambda::Function","arn":"{{Arn}}"}""", Resource().GetRawText());
    }

    private static Incident Of(string type, string id, string region = "us-east-1", string? annotation = null)
    {
        var incident = Some.Incident(new ResourceKey("123456789012", region, type, id));
        return incident with { Origin = incident.Origin with { Region = region, Annotation = annotation } };
    }

    private static Playbook Read(string uses) => PlaybookReader.Read("x/one", "x/one.yaml", $$$"""
        summary: Sets it.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        params: {size: {required: true, description: How large.}}
        ignores: [level]
        read: {call: x:Read, with: {Name: "${{{{uses}}}}"}, take: Setting}
        want: 1
        write: {call: x:Write, with: {Setting: "${target}"}}
        """);
}
