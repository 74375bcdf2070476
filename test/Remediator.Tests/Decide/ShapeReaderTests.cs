using System.Globalization;
using Remediator.Decide;

namespace Remediator.Tests.Decide;

/// <summary>What values of the policy mean, and the sentence, with its place, for each that means nothing.</summary>
public sealed class ShapeReaderTests
{
    [Theory]
    [InlineData("guards: {failures: 1}", 1)]
    [InlineData("guards: {failures: 25}", 25)]
    [InlineData("guards: {failures: 1000000}", 1_000_000)]
    public void Whole_number_is_read_up_to_its_bounds(string policy, int failures) =>
        Assert.Equal(failures, Read(policy).Guards.Failures);

    [Theory]
    [InlineData("0", "'0'")]
    [InlineData("1000001", "'1000001'")]
    [InlineData("99999999999", "'99999999999'")]
    [InlineData("-5", "'-5'")]
    [InlineData("5.0", "'5.0'")]
    [InlineData("'5'", "'5'")]
    [InlineData("007", "'007'")]
    [InlineData("five", "'five'")]
    [InlineData("[5]", "a list")]
    [InlineData("{a: 5}", "a mapping")]
    public void Any_other_is_told_with_the_bounds(string value, string found) => Assert.Equal(
        $"policy.yaml(1,20): error PO002: {found} is not a whole number from 1 to 1000000; write it without quotes",
        Problems($"guards: {{failures: {value}}}"));

    [Theory]
    [InlineData("rollout: 0", 0)]
    [InlineData("rollout: 100", 100)]
    [InlineData("rollout: 0%", 0)]
    [InlineData("rollout: 25%", 25)]
    [InlineData("rollout: '25%'", 25)]
    [InlineData("rollout: 100%", 100)]
    public void Percentage_is_read_with_its_sign_or_without(string word, int percent) =>
        Assert.Equal(percent, Read($"defaults: {{{word}}}").Defaults.Rollout!.Percent);

    [Theory]
    [InlineData("101", "'101'")]
    [InlineData("101%", "'101%'")]
    [InlineData("-1", "'-1'")]
    [InlineData("2.5", "'2.5'")]
    [InlineData("2.5%", "'2.5%'")]
    [InlineData("'25'", "'25'")]
    [InlineData("05%", "'05%'")]
    [InlineData("5%%", "'5%%'")]
    [InlineData("half", "'half'")]
    [InlineData("[25]", "a list")]
    public void Any_other_percentage_is_told_with_how_to_write_one(string value, string found) => Assert.Equal(
        $"policy.yaml(1,21): error PO002: {found} is not a whole number from 0 to 100; write 25% or 25",
        Problems($"defaults: {{rollout: {value}}}"));

    [Theory]
    [InlineData("0s", "00:00:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("15m", "00:15:00")]
    [InlineData("6h", "06:00:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("999d", "999.00:00:00")]
    [InlineData("'15m'", "00:15:00")]
    public void Duration_is_read_by_its_unit(string value, string time) => Assert.Equal(
        TimeSpan.Parse(time, CultureInfo.InvariantCulture), Read($"defaults: {{settle: {value}}}").Defaults.Settle);

    [Theory]
    [InlineData("settle", "15", "'15' is not a duration")]
    [InlineData("settle", "1000d", "'1000d' is not a duration")]
    [InlineData("settle", "2w", "'2w' is not a duration")]
    [InlineData("settle", "[2d]", "a list is not a duration")]
    [InlineData("confirm-within", "0h", "'0h' is not a duration above zero")]
    [InlineData("confirm-within", "soon", "'soon' is not a duration above zero")]
    public void Any_other_duration_is_told_with_how_to_write_one(string word, string value, string told) => Assert.Equal(
        $"policy.yaml(2,{word.Length + 5}): error PO002: {told}; write 90s, 15m, 6h or 2d (999d at most)",
        Problems($"defaults:\n  {word}: {value}"));

    [Theory]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    [InlineData("2027-01-31T18:00:00Z", "2027-01-31T18:00:00Z")]
    [InlineData("'2027-01-31T18:00:00+02:00'", "2027-01-31T16:00:00Z")]
    [InlineData("'2027-01-31T18:00:00.5-05:00'", "2027-01-31T23:00:00.5Z")]
    public void Time_is_read_as_that_of_UTC(string value, string time)
    {
        var until = Assert.Single(Read($"exemptions: [{{match: {{resource: a}}, reason: b, until: {value}}}]").Exemptions).Until;

        Assert.Equal((DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), TimeSpan.Zero), (until, until.Offset));
    }

    [Theory]
    [InlineData("2027-02-30", "'2027-02-30'")]
    [InlineData("31.01.2027", "'31.01.2027'")]
    [InlineData("'2027-01-31T18:00'", "'2027-01-31T18:00'")]
    [InlineData("{a: b}", "a mapping")]
    public void Any_other_time_is_told_with_how_to_write_one(string value, string found) => Assert.Equal(
        $"policy.yaml(1,58): error PO002: {found} is not a time; write 2027-01-31 or 2027-01-31T18:00:00Z",
        Problems($"exemptions: [{{match: {{resource: abc}}, reason: b, until:  {value}}}]"));

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Switch_is_read(string value, bool isOn) =>
        Assert.Equal(isOn, Read($"defaults: {{security-hub: {value}}}").Defaults.SecurityHub);

    [Theory]
    [InlineData("yes", "'yes'")]
    [InlineData("'true'", "'true'")]
    [InlineData("True", "'True'")]
    [InlineData("1", "'1'")]
    [InlineData("[true]", "a list")]
    public void Any_other_switch_is_told_with_how_to_write_one(string value, string found) => Assert.Equal(
        $"policy.yaml(1,26): error PO002: {found} is not a switch; write true or false", Problems($"defaults: {{security-hub: {value}}}"));

    [Theory]
    [InlineData("guards: {failures: ~}", "a whole number from 1 to 1000000 is missing here: write it without quotes")]
    [InlineData("guards: {failures: null}", "a whole number from 1 to 1000000 is missing here: write it without quotes")]
    [InlineData("defaults: {rollout: }", "a whole number from 0 to 100 is missing here: write 25% or 25")]
    [InlineData("defaults: {settle: }", "a duration is missing here: write 90s, 15m, 6h or 2d (999d at most)")]
    [InlineData("defaults: {security-hub: }", "a switch is missing here: write true or false")]
    [InlineData("defaults: {mode: }", "a mode is missing here: a word without a value means nothing")]
    [InlineData("defaults: {mode: ''}", "empty text is not a mode")]
    [InlineData("rules: [{match: {region: }}]", "a region is missing here: a word without a value means nothing")]
    [InlineData("rules: []", "an empty list: leave the word out, or say what it is about")]
    [InlineData("approvers: {}", "no teams: leave the word out, or write KEY: VALUE")]
    [InlineData("guards: {'': 5}", "empty text is not a word")]
    [InlineData("rules: [{match: {resource: ''}}]", "empty text is not text")]
    public void What_says_nothing_is_a_problem(string policy, string told) =>
        Assert.EndsWith($": error PO003: {told}", Problems(policy), StringComparison.Ordinal);

    [Theory]
    [InlineData("defaults: {mode: [auto]}", "PB002: expected a mode, not a list")]
    [InlineData("defaults: {mode: {a: auto}}", "PB002: expected a mode, not a mapping")]
    [InlineData("defaults: {owner: [shop]}", "PB002: expected text for an account, not a list")]
    [InlineData("rules: [{match: {region: {a: b}}}]", "PB002: expected a region, not a mapping")]
    [InlineData("guards: {[failures]: 5}", "PB002: expected a word, not a list")]
    [InlineData("rules: {match: {resource: a}}", "PB002: expected a list: each item on a line of its own, begun with '-'")]
    [InlineData("defaults: {owner: 12}", "PO005: YAML may take 12 for a number or for true or false: put it in quotes, '12'")]
    [InlineData("defaults: {mode: on}", "PO005: YAML may take on for a number or for true or false: put it in quotes, 'on'")]
    [InlineData("rules: [{match: {region: mars-1}}]", "PO017: AWS has no region 'mars-1'")]
    [InlineData("rules: [{match: {region: eu-west-11}}]", "PO017: AWS has no region 'eu-west-11' (did you mean 'eu-west-1'?)")]
    [InlineData(
        "guards: {failure: 5}",
        "PB003: unknown word 'failure' in guards (did you mean 'failures'?); it takes failures, reverts, revert-window")]
    public void What_is_of_another_kind_is_a_problem(string policy, string told) =>
        Assert.EndsWith($": error {told}", Problems(policy), StringComparison.Ordinal);

    [Theory]
    [InlineData("eu-west-1")]
    [InlineData("eu-*")]
    [InlineData("eu-west-?")]
    public void Region_may_be_a_pattern_of_some(string region) =>
        Assert.Equal(region, Assert.Single(Read($"rules: [{{match: {{region: {region}}}}}]").Rules[0].Match.Regions));

    [Fact]
    public void Each_problem_has_its_place_and_one_hides_no_other() => Assert.Equal(
        """
        policy.yaml(2,13): error PO002: 'none' is not a whole number from 1 to 1000000; write it without quotes
        policy.yaml(3,3): error PB003: unknown word 'undos' in guards; it takes failures, reverts, revert-window
        policy.yaml(4,18): error PO002: 'fix' is not a mode; one of observe, approve, auto
        policy.yaml(4,30): error PO003: text for an account is missing here: a word without a value means nothing
        policy.yaml(5,27): error PO002: '1' is not an account: write its 12 digits in quotes, or a pattern with '*'
        """,
        Problems("guards:\n  failures: none\n  undos: 3\ndefaults: {mode: fix, owner: }\nrules: [{match: {account: '1'}}]"));

    private static Policy Read(string policy) => PolicyReader.Read("policy.yaml", policy);

    private static string Problems(string policy) => string.Join('\n', PolicyReader.TryRead("policy.yaml", policy).Problems);
}
