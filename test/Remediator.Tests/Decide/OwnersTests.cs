using Remediator.Decide;
using Remediator.Incidents;

namespace Remediator.Tests.Decide;

/// <summary>Whose something is that is about no single finding: what the policy says of what it names.</summary>
public sealed class OwnersTests
{
    private static readonly Policy Policy = PolicyReader.Read("policy.yaml", """
        defaults: {owner: platform}
        rules:
          - {match: {rule: S3_BUCKET_VERSIONING_ENABLED}, owner: storage}
          - {match: {rule-name: our-rule}, owner: rules}
          - {match: {account: '111111111111'}, owner: shop}
          - {match: {region: eu-west-1}, owner: europe}
          - {match: {resource-type: 'AWS::SNS::Topic'}, owner: topics}
          - {match: {resource: logs}, owner: logging}
        """);

    [Theory]
    [InlineData("{rule: S3_BUCKET_VERSIONING_ENABLED}", "storage")]
    [InlineData("{rule: [S3_BUCKET_VERSIONING_ENABLED, S3_BUCKET_LOGGING_ENABLED]}", "platform")]
    [InlineData("{rule-name: our-rule}", "rules")]
    [InlineData("{rule: our-rule}", "platform")]
    [InlineData("{account: '111111111111'}", "shop")]
    [InlineData("{region: eu-west-1}", "europe")]
    [InlineData("{resource-type: 'AWS::SNS::Topic'}", "topics")]
    [InlineData("{resource: logs}", "logging")]
    [InlineData("{resource: [logs, logs2]}", "platform")]
    [InlineData("{tag: {a: b}}", "platform")]
    public void Match_is_whose_what_it_names_is(string match, string owner) => Assert.Equal(
        owner, Owners.Of(Policy, PolicyReader.Read("policy.yaml", $"rules: [{{match: {match}, mode: auto}}]").Rules[0].Match));

    [Theory]
    [InlineData("S3_BUCKET_VERSIONING_ENABLED", null, null, null, null, "storage")]
    [InlineData("our-rule", null, null, null, null, "rules")]
    [InlineData(null, "logs", null, null, null, "logging")]
    [InlineData(null, null, "AWS::SNS::Topic", null, null, "topics")]
    [InlineData(null, null, null, "111111111111", null, "shop")]
    [InlineData(null, null, null, null, "eu-west-1", "europe")]
    [InlineData("other", "other", null, null, null, "platform")]
    public void Order_is_whose_what_it_names_is(
        string? rule, string? resource, string? type, string? account, string? region, string owner) => Assert.Equal(
            owner,
            Owners.Of(
                Policy,
                new OrderMatch { Rule = rule, Resource = resource, ResourceType = type, Account = account, Region = region }));

    [Theory]
    [InlineData("rule: '*'")]
    [InlineData("rule-name: '?*'")]
    [InlineData("account: '*?'")]
    [InlineData("region: '?*'")]
    [InlineData("resource-type: '?*'")]
    [InlineData("resource: '?*'")]
    public void What_names_nothing_is_of_no_entry_that_asks_for_a_name(string match)
    {
        var policy = PolicyReader.Read("policy.yaml", $"defaults: {{owner: platform}}\nrules: [{{match: {{{match}}}, owner: shop}}]");

        Assert.Equal(("platform", "platform"), (Owners.Of(policy, new OrderMatch()), Owners.Of(policy, Match.All)));
        Assert.Equal("shop", policy.For(new(new("1", "r", "t", "a"), "n", "i")).Owner);
    }

    [Fact]
    public void Where_the_policy_names_nobody_it_is_nobodys() => Assert.Equal("", Owners.Of(Policy.Default, new OrderMatch()));

    [Fact]
    public void Team_that_nothing_says_of_an_account_owns_nothing() => Assert.Equal(
        "", Owners.Of(PolicyReader.Read("policy.yaml", "defaults: {owner: '${account.team}'}"), new OrderMatch()));
}
