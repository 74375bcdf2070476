using Remediator.Authoring.Catalog;
using Remediator.Decide;
using Remediator.Emulator;

namespace Remediator.Tests.Decide;

/// <summary>What the policy's words take, and how a mistake under each is told.</summary>
public sealed class PolicySchemaTests
{
    [Fact]
    public void The_schema_for_editors_is_the_one_that_the_reader_goes_by()
    {
        var (written, read) = (File.ReadAllText(Repository.At(PolicySchemaFile.Name)).Split('\n'), PolicySchemaFile.Render().Split('\n'));
        var line = written.Zip(read).TakeWhile(both => both.First == both.Second).Count();

        Assert.True(
            line == written.Length && line == read.Length,
            $"{PolicySchemaFile.Name}, line {line + 1}, is not what the reader goes by. Run `remediator generate`. The file has "
            + $"'{written.ElementAtOrDefault(line)}', the reader '{read.ElementAtOrDefault(line)}'.");
    }

    [Theory]
    [InlineData("defaults: {owner: ''}", "PO003: empty text is not text for an account")]
    [InlineData(
        "defaults: {owner: '${team}'}",
        "PO002: '${team}' is not text for an account: it may hold ${account.id}, ${account.name}, ${account.ou}, ${account.team}, "
        + "${account.environment} and ${account.values.KEY}")]
    [InlineData("defaults: {mode: fix}", "PO002: 'fix' is not a mode; one of observe, approve, auto")]
    [InlineData("defaults: {auto-up-to: [few]}",
        "PO002: 'few' is not an impact; one of none, brief, cost, restart, access, data, irreversible, unknown")]
    [InlineData("defaults: {severity: high}", "PO002: 'high' is not a severity; one of critical, error, warning, info")]
    [InlineData("defaults: {to: back}", "PO002: 'back' is not an aim; one of wanted, last-compliant")]
    [InlineData(
        "defaults: {tags-from: rule}", "PO002: 'rule' is not a source of tags; one of policy, recorded, stack, parent, account")]
    [InlineData("defaults: {owned: skip}", "PO002: 'skip' is not a word for owned resources; one of change, ask, revert-stack")]
    [InlineData("defaults: {undo-on: {alarms: ''}}", "PO003: empty text is not text")]
    [InlineData("digest: {shop: hourly}", "PO002: 'hourly' is not a period; one of daily, weekly")]
    [InlineData(
        "rules: [{match: {account: '11'}}]", "PO002: '11' is not an account: write its 12 digits in quotes, or a pattern with '*'")]
    [InlineData("backlog: {accounts: ['11*']}", "PO002: '11*' is not an account: write its 12 digits in quotes")]
    [InlineData("backlog: {accounts: ['11111111111x']}", "PO002: '11111111111x' is not an account: write its 12 digits in quotes")]
    [InlineData("backlog: {regions: eu-west-11}", "PO002: 'eu-west-11' is not a region (did you mean 'eu-west-1'?)")]
    [InlineData(
        "backlog: {aggregator: {name: all, region: eu-west-11}}", "PO002: 'eu-west-11' is not a region (did you mean 'eu-west-1'?)")]
    [InlineData(
        "rules: [{match: {service: S3}}]",
        "PO002: 'S3' is not a service: write it as in 's3' for AWS::S3::Bucket, in small letters")]
    [InlineData(
        "accounts: {'111111111111': {values: {'a b': c}}}",
        "PO002: 'a b' is not a name of a value: letters, digits and _ . : / -")]
    [InlineData(
        "windows: [{open: 2am}]",
        "PO002: '2am' is not a time of a week or a day: write 'Sun 02:00 - Sun 05:00 Europe/Berlin', or '02:00 - 05:00 UTC' for every day")]
    [InlineData(
        "rollback: {types: [AWS::ECR]}", "PO002: 'AWS::ECR' is not a resource type: write its whole name, as in AWS::ECR::Repository")]
    [InlineData(
        "rollback: {types: [AWS::ECR::Repository], role: 'a role'}", "PO002: 'a role' is not a role: write its name, or its ARN")]
    [InlineData(
        "escalation: {time-zone: CEST}",
        "PO002: 'CEST' is not a time zone that this machine knows: write a name of the IANA database, such as Europe/Berlin")]
    public void Value_that_a_word_does_not_take_is_told_with_what_would_be_right(string policy, string problem) =>
        Assert.Equal([problem], Problems(policy));

    [Theory]
    [InlineData("guards: 5", "guards")]
    [InlineData("budgets: 5", "budgets")]
    [InlineData("defaults: auto", "defaults")]
    [InlineData("rollback: 30d", "rollback")]
    [InlineData("backlog: all", "backlog")]
    [InlineData("backlog: {aggregator: all}", "an aggregator")]
    [InlineData("escalation: 5", "escalation")]
    [InlineData("digest: daily", "teams")]
    [InlineData("approvers: Ops", "teams")]
    [InlineData("accounts: ['111111111111']", "accounts")]
    [InlineData("accounts: {'111111111111': shop}", "an account")]
    [InlineData("accounts: {'111111111111': {values: 4000}}", "values")]
    [InlineData("rules: [auto]", "an entry of 'rules'")]
    [InlineData("rules: [{match: all}]", "match")]
    [InlineData("rules: [{match: {tag: dev}}]", "tags")]
    [InlineData("exemptions: [all]", "an exemption")]
    [InlineData("exemptions: [{match: all, reason: moving, until: 2027-01-01}]", "match")]
    [InlineData("freezes: [{match: all, from: 2027-01-01, until: 2027-01-02, reason: a}]", "match")]
    [InlineData("freezes: [December]", "a freeze")]
    [InlineData("windows: ['02:00 - 05:00 UTC']", "a window")]
    [InlineData("defaults: {undo-on: all}", "undo-on")]
    [InlineData("defaults: {escalate-to: shop}", "the second step of an escalation")]
    [InlineData("defaults: {rollout: {start: 5%, over: 1d, hold-if: 5}}", "hold-if")]
    public void Where_words_belong_any_other_value_is_told_by_the_name_of_its_place(string policy, string name) =>
        Assert.Equal([$"PB002: expected {name} as a mapping: WORD: VALUE"], Problems(policy));

    [Theory]
    [InlineData("rules: [{match: {resource: a}, modes: auto}]", "an entry of 'rules'", "match, mode, auto-up-to, owner")]
    [InlineData("defaults: {rollout: {start: 5%, over: 1d, til: 9%}}", "a rollout that rises", "start, to, over, hold-if")]
    [InlineData("default: {}", "the policy", "defaults, accounts, rules")]
    public void Unknown_word_is_told_with_its_place_and_the_words_that_are_known_there(string policy, string name, string takes)
    {
        var problem = Assert.Single(Problems(policy));

        Assert.StartsWith("PB003: unknown word '", problem, StringComparison.Ordinal);
        Assert.Contains($"' in {name}", problem, StringComparison.Ordinal);
        Assert.Contains($"; it takes {takes}", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an exemption", "exemptions: [{reason: moving, until: 2027-01-01}]")]
    [InlineData("an entry of 'rules'", "rules: [{mode: auto}]")]
    public void What_would_be_about_everything_for_want_of_a_match_is_refused(string name, string policy) => Assert.Equal(
        [
            $"PO004: 'match' is missing: {name} would be about everything; what counts for everything is said in the defaults ('mode: "
            + "observe' leaves all alone)",
        ],
        Problems(policy));

    [Theory]
    [InlineData("match", "rules: [{match: {}, mode: auto}]")]
    [InlineData("match", "exemptions: [{match: {}, reason: moving, until: 2027-01-01}]")]
    [InlineData("match", "freezes: [{match: {}, from: 2027-01-01, until: 2027-01-02, reason: a}]")]
    [InlineData("undo-on", "defaults: {undo-on: {}}")]
    [InlineData("hold-if", "defaults: {rollout: {start: 5%, over: 1d, hold-if: {}}}")]
    [InlineData("an account", "accounts: {'111111111111': {}}")]
    public void Empty_mapping_that_would_be_about_everything_is_refused(string name, string policy) => Assert.Equal(
        [$"PO003: '{name}' is empty: it would be about everything; say what it is about, or leave it out"], Problems(policy));

    [Theory]
    [InlineData("exemptions: [{match: {resource: a}, until: 2027-01-01}]", "reason", "an exemption")]
    [InlineData("exemptions: [{match: {resource: a}, reason: moving}]", "until", "an exemption")]
    [InlineData("freezes: [{from: 2027-01-01, until: 2027-01-02}]", "reason", "a freeze")]
    [InlineData("windows: [{match: {resource: a}}]", "open", "a window")]
    [InlineData("defaults: {escalate-to: {owner: shop}}", "after", "the second step of an escalation")]
    [InlineData("defaults: {escalate-to: {after: 4h}}", "owner", "the second step of an escalation")]
    [InlineData("defaults: {rollout: {over: 1d}}", "start", "a rollout that rises")]
    [InlineData("defaults: {rollout: {start: 5%}}", "over", "a rollout that rises")]
    [InlineData("backlog: {aggregator: {account: '111111111111'}}", "name", "an aggregator")]
    public void Word_that_has_to_be_there_is_missed(string policy, string word, string name) =>
        Assert.Equal([$"PB004: '{word}' is missing in {name}"], Problems(policy));

    private static IEnumerable<string> Problems(string policy) =>
        PolicyReader.TryRead("policy.yaml", policy).Problems.Select(p => $"{p.Code}: {p.Message}");
}
