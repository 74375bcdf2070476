using System.Text.Json;
using Remediator.Aws;
using Remediator.JmesPath;
using Remediator.Playbooks;

namespace Remediator.Tests.Playbooks;

public sealed class TagFunctionsTests
{
    [Theory]
    [InlineData("""{"tag1Key":"Owner"}""", """{"Team":"a"}""", """{"Owner":"me"}""", """{"Owner":"me"}""")]
    [InlineData("""{"tag1Key":"Owner"}""", """{"Owner":"you"}""", """{"Owner":"me"}""", "{}")]
    [InlineData("""{"tag1Key":"Env","tag1Value":"prod, test"}""", """{"Env":"dev"}""", """{"Env":"test"}""", """{"Env":"test"}""")]
    [InlineData("""{"tag1Key":"A","tag6Key":"B"}""", "null", """{"A":"1","B":"2","C":"3"}""", """{"A":"1","B":"2"}""")]
    public void Required_tags_gives_the_tags_that_the_resource_misses(string rule, string tags, string values, string expected) =>
        Assert.Equal(expected, RequiredTags(rule, tags, values));

    [Theory]
    [InlineData("""{"requiredKeyTags":"Owner, Env"}""", """{"Env":"dev"}""", """{"Owner":"me","Env":"prod"}""", """{"Owner":"me"}""")]
    [InlineData("""{"requiredKeyTags":"Env"}""", """{"Env":"dev"}""", "{}", "{}")]
    public void The_keys_of_a_tagged_rule_count_whatever_their_value(string rule, string tags, string values, string expected) =>
        Assert.Equal(expected, RequiredTags(rule, tags, values));

    [Theory]
    [InlineData("""{"Team":"a"}""", "{}")]
    [InlineData("{}", """{"Owner":"me","Env":"prod"}""")]
    [InlineData("null", """{"Owner":"me","Env":"prod"}""")]
    [InlineData("""{"aws:cloudformation:stack-name":"s"}""", """{"Owner":"me","Env":"prod"}""")]
    public void A_tagged_rule_without_keys_asks_for_any_tag_that_is_not_of_AWS_itself(string tags, string expected) =>
        Assert.Equal(expected, RequiredTags("{}", tags, """{"Owner":"me","Env":"prod"}"""));

    [Theory]
    [InlineData("""{"requiredKeyTags":"Owner"}""", "'Owner'")]
    [InlineData("""{"tag1Key":"Owner"}""", "'Owner'")]
    [InlineData("""{"tag1Key":"Env","tag1Value":"prod, test"}""", "'Env'")]
    [InlineData("{}", "params.tags")]
    public void A_tag_without_a_value_is_said_so_that_the_policy_can_be_completed(string rule, string named)
    {
        var fault = Assert.Throws<JmesPathException>(() => RequiredTags(rule, "{}", "{}"));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private static string RequiredTags(string rule, string tags, string values) => JmesPathExpression
        .Parse("required_tags(rule, tags, values)", PlaybookFunctions.Table)
        .Evaluate(JsonElement.Parse($$"""{"rule":{{rule}},"tags":{{tags}},"values":{{values}}}"""))
        .GetRawText();
}
