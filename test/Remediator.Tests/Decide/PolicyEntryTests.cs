using Remediator.Decide;
using Remediator.Testing;

namespace Remediator.Tests.Decide;

/// <summary>How an entry is put over what is under it.</summary>
public sealed class PolicyEntryTests
{
    private const string All =
        "mode: auto, auto-up-to: none, owner: a, environment: b, escalate-to: {after: 4h, owner: c}, warn-before: 3d, severity: info, "
        + "rollout: 1%, settle: 90s, confirm-within: 2h, to: last-compliant, tags-from: stack, owned: ask, undo-on: {alarms: a}, "
        + "security-hub: true, params: {a: 1}, trust-rule-parameters: true";

    private const string Other =
        "mode: approve, auto-up-to: cost, owner: d, environment: e, escalate-to: {after: 5h, owner: f}, warn-before: 4d, severity: error, "
        + "rollout: 2%, settle: 91s, confirm-within: 3h, to: wanted, tags-from: policy, owned: change, undo-on: {alarms: b}, "
        + "security-hub: false, params: {a: 2}, trust-rule-parameters: false";

    private static readonly Subject Bucket = new(Some.Bucket("logs"), "a-rule", "S3_BUCKET_VERSIONING_ENABLED");

    [Theory]
    [InlineData(All, Other)]
    [InlineData(Other, All)]
    public void Each_word_that_an_entry_says_counts_before_the_defaults_and_each_other_word_is_theirs(string said, string under)
    {
        var over = PolicyReader.Read("policy.yaml", $"defaults: {{{under}}}\nrules: [{{match: {{resource: logs}}, {said}}}]");
        var silent = PolicyReader.Read("policy.yaml", $"defaults: {{{under}}}\nrules: [{{match: {{resource: logs}}, playbook: s3/a}}]");
        var chosen = PolicyReader.Read(
            "policy.yaml", $"rules: [{{match: {{resource: logs}}, {said}}}, {{match: {{resource: logs}}, playbook: s3/b}}]");

        Assert.Equal(17, Words(over.For(Bucket)).Length);
        Assert.Equal(Words(over.Rules[0]), Words(over.For(Bucket)));
        Assert.Equal([.. Words(over.Defaults), "playbook: s3/a"], Words(silent.For(Bucket)));
        Assert.Contains("playbook: s3/b", Words(chosen.For(Bucket)));
        Assert.Equal("s3/c", (chosen.Rules[1] with { Playbook = "s3/c" }).Over(chosen.Rules[1]).Playbook);
        Assert.Equal(under.Contains("last-compliant", StringComparison.Ordinal), silent.For(Bucket).RollsBack);
    }

    [Fact]
    public void Team_and_environment_of_the_account_come_before_those_of_the_defaults_and_after_those_of_an_entry()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            accounts: {'123456789012': {team: shop, environment: production}}
            defaults: {owner: platform, environment: other}
            rules: [{match: {resource: other}, owner: storage, environment: test}]
            """);

        var (bare, said) = (policy.For(Bucket), policy.For(Bucket with { Resource = Some.Bucket("other") }));

        Assert.Equal(("shop", "production", "storage", "test"), (bare.Owner, bare.Environment, said.Owner, said.Environment));
    }

    [Fact]
    public void Second_step_whose_team_is_not_known_is_not_said()
    {
        var policy = PolicyReader.Read("policy.yaml", """
            accounts: {'123456789012': {name: shop-prod}}
            defaults: {escalate-to: {after: 1h, owner: platform}}
            rules:
              - {match: {resource: logs}, escalate-to: {after: 4h, owner: '${account.name}-leads'}}
              - {match: {resource: other}, escalate-to: {after: 4h, owner: '${account.team}-leads'}}
            """);

        Assert.Equal("shop-prod-leads", policy.For(Bucket).EscalateTo!.Owner);
        Assert.Equal("platform", policy.For(Bucket with { Resource = Some.Bucket("other") }).EscalateTo!.Owner);
    }

    private static string[] Words(PolicyEntry entry) =>
        [.. EntryWords.Of(entry).Select(w => $"{w.Key}: {w.Value}").OrderBy(w => w.StartsWith("playbook", StringComparison.Ordinal))];
}
