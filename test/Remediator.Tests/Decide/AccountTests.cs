using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Testing.Scenarios;
using Remediator.Tests.Documentation;
using Remediator.Values;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Decide;

/// <summary>The policy's facts about accounts: in matches, in parameters, in notices.</summary>
public sealed class AccountTests
{
    private const string Accounts = """
        accounts:
          '111111111111': {name: shop-prod, ou: Root/Prod/Shop, team: shop, environment: production, values: {cost-center: '4000'}}
          '222222222222': {name: data-test, ou: Root/Test, team: data, environment: test}

        """;

    [Theory]
    [InlineData("team: shop", "111111111111")]
    [InlineData("team: [shop, data], environment: test", "222222222222")]
    [InlineData("environment: prod*", "111111111111")]
    [InlineData("ou: Root/Prod", "111111111111")]
    [InlineData("ou: Root", "111111111111 222222222222")]
    [InlineData("ou: Root/*", "111111111111 222222222222")]
    [InlineData("ou: Root/Prod/Shop, account: '2*'", "")]
    [InlineData("account: '3*'", "333333333333")]
    public void Accounts_are_matched_by_what_is_known_of_them(string match, string accounts)
    {
        var policy = PolicyReader.Read("policy.yaml", $"{Accounts}rules: [{{match: {{{match}}}, mode: auto}}]");

        Assert.Equal(
            accounts,
            string.Join(' ', ((string[])["111111111111", "222222222222", "333333333333"]).Where(id => policy.For(Of(id)).Mode is Mode.Auto))
        );
    }

    [Fact]
    public void Owner_and_environment_are_the_accounts_where_no_entry_says_them()
    {
        var policy = PolicyReader.Read("policy.yaml", $$"""
            defaults: {owner: platform, environment: other}
            {{Accounts}}
            rules:
              - {match: {team: data}, owner: '${account.team}-oncall in ${account.values.cost-center}'}
              - {match: {account: '*'}, severity: error}
            """);

        Assert.Equal(("shop", "production"), Whose("111111111111"));
        // A text that cannot be filled in does not count as set: the next entry applies.
        Assert.Equal(("data", "test"), Whose("222222222222"));
        Assert.Equal(("platform", "other"), Whose("333333333333"));

        (string?, string?) Whose(string id) => (policy.For(Of(id)).Owner, policy.For(Of(id)).Environment);
    }

    [Fact]
    public void Parameters_follow_the_account()
    {
        var policy = PolicyReader.Read("policy.yaml", $$"""
            {{Accounts}}
            rules:
              - match: {rule: REQUIRED_TAGS}
                params: {tags: {Owner: '${account.team}', CostCenter: '${account.values.cost-center}'},
                  list: ['${account.id} of ${account.name}', 5]}
            """);

        Assert.Equal(
            """{"tags":{"Owner":"shop","CostCenter":"4000"},"list":["111111111111 of shop-prod",5]}""",
            policy.For(Of("111111111111") with { ManagedIdentifier = "REQUIRED_TAGS" }).Parameters.GetRawText());
    }

    [Theory]
    [InlineData("{name: sandbox, values: {key: arn:aws:kms:us-east-1:123456789012:key/ours}}", "fixed")]
    [InlineData("{name: sandbox}", "escalated")]
    public async Task What_is_not_known_of_an_account_refuses_the_change_that_needs_it(string account, string outcome)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($$"""
            accounts:
              '123456789012': {{account}}
              '111111111111': {values: {key: arn:aws:kms:us-east-1:123456789012:key/a, bucket: a} }
            rules:
              - match: {rule: S3_*}
                mode: auto
                params: {kmsKeyArn: '${account.values.key}', logBucket: '${account.values.bucket}'}
            """);
        var (_, _, change) = await host.OpenBucketAsync();
        var rule = await host.RuleAsync("S3_DEFAULT_ENCRYPTION_KMS");

        var ended = await host.SendAsync(change with { Rule = rule });

        AssertOutcome(outcome, ended);
        if (outcome is "escalated")
        {
            Assert.Empty(host.Changes());
            Assert.Equal(Reason.NotConfigured, (await host.IncidentOf(ended)).Reason);
            Assert.Contains(
                "The parameter kmsKeyArn is missing: the policy takes it from ${account.values.key}", ended.Why, StringComparison.Ordinal);
            Assert.Contains(
                "account sandbox (123456789012)", Assert.Single(await host.NoticesAsync()).GetRawText(), StringComparison.Ordinal);
        }
        else
        {
            var plan = (await host.IncidentOf(ended)).Plan!;
            Assert.Contains("key/ours", string.Join(' ', plan.Calls.Select(c => c.Input.GetRawText())), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Three_composed_entries_replace_forty_two_separate_ones()
    {
        var after = PolicyReader.Read("policy.yaml", Documents.Read("docs", "examples", "twelve-accounts.yaml"));
        var before = PolicyReader.Read(
            "policy.yaml", File.ReadAllText(Documents.At("test", "Remediator.Tests", "Decide", "twelve-accounts-before.yaml")));

        Assert.Equal((12, 3, 42), (after.Accounts.Count, after.Rules.Length, before.Rules.Length));
        string[] rules =
        [
            "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", "S3_BUCKET_VERSIONING_ENABLED", "REQUIRED_TAGS", "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
        ];
        Assert.All(from id in after.Accounts.Keys from rule in rules select Of(id) with { ManagedIdentifier = rule }, s =>
            Assert.Equal(
                Words(
                    before.Rules.FirstOrDefault(r => r.Match.Matches(s))?.Over(before.Defaults)
                        ?? before.Defaults with
                        {
                            Owner = after.Accounts[s.Resource.Account].Team,
                            Environment = after.Accounts[s.Resource.Account].Environment,
                        }),
                Words(after.For(s))));
    }

    private static string Words(PolicyEntry entry) =>
        string.Join('\n', EntryWords.Of(entry).OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => $"{w.Key}: {w.Value}"));

    private static Subject Of(string account) => new(new(account, "eu-west-1", "AWS::S3::Bucket", "a"), "a-rule", "");
}
