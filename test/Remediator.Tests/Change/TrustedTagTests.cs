using Remediator.Change;
using Remediator.Emulator;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>A tag's value may grant access, so a rule's value is used only if the policy trusts the rule.</summary>
public sealed class TrustedTagTests
{
    private static readonly Playbook Tags = new PlaybookLibrary(Repository.At("playbooks")).Load("tags/s3-required-tags");

    [Theory]
    [InlineData(true, "{}", """{"AccessLevel":"admin"}""")]
    [InlineData(false, "{}", "{}")]
    [InlineData(false, """{"tags":{"AccessLevel":"none"}}""", """{"AccessLevel":"none"}""")]
    [InlineData(true, """{"tags":{"AccessLevel":"none"}}""", """{"AccessLevel":"none"}""")]
    public void A_value_of_the_rule_is_taken_only_where_rules_are_trusted_and_the_policy_has_none(
        bool isTrusted, string given, string expected)
    {
        var set = Json.Parse("""{"tag1Key":"AccessLevel","tag1Value":"admin,none"}""");

        var tags = RuleParameters.Parameters(Tags, Json.Parse(given), set, isTrusted).Member("tags");

        Assert.Equal(expected, (tags.IsNull() ? Json.EmptyObject : tags).GetRawText());
    }
}
