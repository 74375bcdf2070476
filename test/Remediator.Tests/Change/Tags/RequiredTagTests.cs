using Remediator.Change.Tags;
using Remediator.Values;

namespace Remediator.Tests.Change.Tags;

/// <summary>The tags that a deployed rule asks for, and the values that it takes.</summary>
public sealed class RequiredTagTests
{
    [Fact]
    public void Tags_are_those_that_the_rule_names() => Assert.Equal(
        ["team:a/b", "owner:", "cost:", "env:", "zone:"],
        RequiredTag.Of(Json.Parse("""
            {"tag1Key":"team","tag1Value":"a, b","tag2Key":"","tag2Value":"x","tag6Key":"owner","tag7Key":"none",
             "requiredKeyTags":"cost, env,zone"}
            """)).Select(t => $"{t.Key}:{string.Join('/', t.Values)}"));

    [Theory]
    [InlineData("a,b", "a", true)]
    [InlineData("a,b", "c", false)]
    [InlineData("", "anything", true)]
    [InlineData("", "", false)]
    [InlineData("a", "", false)]
    public void Value_counts_where_the_rule_takes_it_and_is_never_empty(string values, string value, bool takes) => Assert.Equal(
        takes,
        RequiredTag.Of(Json.Parse($$"""{"tag1Key":"team","tag1Value":"{{values}}"}""")).Single().Takes(value));
}
