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

    private static string? Of(string given, string named, bool isTrusted)
    {
        var set = RuleParameters.Set(Json.Object([KeyValuePair.Create("targetBucket", Json.Text(named))]));
        return RuleParameters.Parameters(Logging, Json.Parse(given), set, isTrusted).TextOf("logBucket");
    }
}
