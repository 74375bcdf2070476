using Remediator.Change;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A destination, a key or an identity is what rule and policy agree on.</summary>
public sealed class RuleParametersTests
{
    private static readonly Playbook Logging = new PlaybookLibrary(Repository.At("playbooks")).Load("s3/bucket-access-logging");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Value_of_the_policy_that_the_rule_does_not_take_is_for_a_person(bool isTrusted)
    {
        var fault = Assert.Throws<NotConfiguredException>(() => Of("""{"logBucket":"ours"}""", "theirs, others", isTrusted));

        Assert.Contains("The rule takes theirs, others as 'logBucket', and the policy says ours", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_values_that_the_rule_takes_none_is_chosen() =>
        Assert.Throws<NotConfiguredException>(() => Of("{}", "theirs, others", isTrusted: true));

    [Theory]
    [InlineData("""{"logBucket":"others"}""", "theirs, others", false, "others")]
    [InlineData("""{"logBucket":"ours"}""", "", false, "ours")]
    [InlineData("{}", "theirs", true, "theirs")]
    public void What_both_take_is_used(string given, string named, bool isTrusted, string expected) =>
        Assert.Equal(expected, Of(given, named, isTrusted));

    [Theory]
    [InlineData(
        """{"logBucket":["ours","theirs"]}""",
        "theirs",
        true,
        "The rule takes theirs as 'logBucket', and the policy says ours, theirs: a person has to say which is right.")]
    [InlineData(
        "{}",
        "theirs",
        false,
        "Only the rule names a value for 'logBucket' (theirs), and it is not the policy's word. Where that is right, say it in the policy "
        + "with 'params: {logBucket: …}', or with 'trust-rule-parameters: true' for all that these rules name.")]
    [InlineData(
        "{}",
        "theirs, others",
        true,
        "The rule takes several values for 'logBucket' (theirs, others): choose one in the policy with 'params: {logBucket: …}'.")]
    public void What_a_person_has_to_say_is_said_with_the_names(string given, string named, bool isTrusted, string message) =>
        Assert.Equal(message, Assert.Throws<NotConfiguredException>(() => Of(given, named, isTrusted)).Message);

    [Fact]
    public void Missing_value_is_said_with_what_it_is_for() => Assert.Equal(
        "The policy gives no value for 'logBucket', which playbook x/log needs. Where logs go.",
        Assert.Throws<NotConfiguredException>(
            () => RuleParameters.Parameters(Own, Json.EmptyObject, Json.EmptyObject, isTrusted: true)).Message);

    [Fact]
    public void Policy_goes_over_the_defaults_and_what_has_neither_and_is_not_required_is_left_out()
    {
        Assert.Equal(
            """{"logBucket":"ours","prefix":"logs/"}""",
            RuleParameters.Parameters(Own, Json.Parse("""{"logBucket":"ours"}"""), Json.EmptyObject, isTrusted: false).GetRawText());
        Assert.Equal(
            """{"logBucket":"ours","prefix":"x/","note":"y"}""",
            RuleParameters.Parameters(
                Own, Json.Parse("""{"logBucket":"ours","prefix":"x/","note":"y"}"""), Json.EmptyObject, isTrusted: false).GetRawText());
    }

    /// <summary>A rollback may need none of the parameters: what is missing is missed where it is used.</summary>
    [Fact]
    public void For_a_rollback_nothing_is_missed()
    {
        Assert.Equal("""{"prefix":"logs/"}""", RuleParameters.Given(Own, Json.EmptyObject).GetRawText());
        Assert.Equal("""{"prefix":"x/"}""", RuleParameters.Given(Own, Json.Parse("""{"prefix":"x/"}""")).GetRawText());
    }

    [Fact]
    public void Parameters_that_are_set_are_texts_in_one_form() => Assert.Equal(
        """{"a":"true","b":"false","c":"true","d":"5","e":"text"}""",
        RuleParameters.Set(
            Json.Parse("""{"a":"True","b":"FALSE","c":true,"d":5,"e":" text ","f":"","g":null,"h":"  "}""")).GetRawText());

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    public void Rule_without_parameters_sets_none(string given) => Assert.Equal("{}", RuleParameters.Set(Json.Parse(given)).GetRawText());

    [Theory]
    [InlineData("X_RULE", """{"targetBucket":"a","ignored":"b"}""", null)]
    [InlineData("X_RULE", """{"own":"b"}""", null)]
    [InlineData("Y_RULE", """{"own":"b"}""", "own: b")]
    [InlineData("X_RULE", """{"one":"1","targetBucket":"a","two":"2"}""", "one: 1, two: 2")]
    public void Parameter_that_the_playbook_does_not_look_at_is_for_a_person(string rule, string set, string? unknown)
    {
        var error = Xunit.Record.Exception(() => RuleParameters.RequireKnown(Own, rule, Json.Parse(set)));

        Assert.Equal(
            unknown is null
                ? null
                : $"The rule sets {unknown}, which playbook x/log does not look at: whether the resource is right, and what would put it "
                    + "right, is for a person to say.",
            error?.Message);
    }

    [Theory]
    [InlineData(true, """{"tags":{"cost":"1","owner":"anna"}}""")]
    [InlineData(false, """{"tags":{}}""")]
    public void Trusted_rule_gives_the_first_value_that_it_takes_for_a_tag(bool isTrusted, string expected)
    {
        var required = new PlaybookLibrary(Repository.At("playbooks")).Load("tags/s3-required-tags");
        var set = Json.Parse("""
            {"tag1Key":"cost","tag1Value":"1,2","tag2Key":"team","tag3Value":"none","tag4Key":"cost","tag4Value":"7","tag6Key":"owner",
             "tag6Value":"anna"}
            """);

        var parameters = RuleParameters.Parameters(required, Json.EmptyObject, set, isTrusted);

        Assert.Equal(expected, Json.Object(parameters.EnumerateObject().Where(p => p.Name is "tags")
            .Select(p => KeyValuePair.Create(p.Name, p.Value))).GetRawText());
        Assert.Equal(
            "ours",
            RuleParameters.Parameters(required, Json.Parse("""{"tags":{"cost":"ours"}}"""), set, isTrusted).Member("tags").TextOf("cost"));
    }

    private static readonly Playbook Own = PlaybookReader.Read("x/log", "x/log.yaml", """
        summary: Turns logging on.
        rules: [X_RULE]
        resource: AWS::X::Thing
        impact: none
        manual: Ask.
        params:
          logBucket: {required: true, from-rule: targetBucket, description: Where logs go.}
          prefix: {default: logs/, description: How they begin.}
          note: {description: Whatever is to be said.}
        ignores: [ignored, X_RULE.own]
        read: {call: x:Read, take: Setting}
        want: {Bucket: "${params.logBucket}"}
        write: {call: x:Write, with: {Setting: "${target}"}}
        """);

    private static string? Of(string given, string named, bool isTrusted)
    {
        var set = RuleParameters.Set(Json.Object([KeyValuePair.Create("targetBucket", Json.Text(named))]));
        return RuleParameters.Parameters(Logging, Json.Parse(given), set, isTrusted).TextOf("logBucket");
    }
}
