using Remediator.Decide;

namespace Remediator.Tests.Decide;

/// <summary>Whether two entries may be about one finding, as far as that is known before one comes.</summary>
public sealed class MatchOverlapTests
{
    private const string Accounts =
        "accounts: {'111111111111': {team: shop}, '222222222222': {team: data, environment: test}, '333333333333': {team: data}}";

    [Theory]
    [InlineData("resource: a", "resource: a", true)]
    [InlineData("resource: a", "resource: b", false)]
    [InlineData("resource: [a, b]", "resource: [c, b]", true)]
    [InlineData("resource: a*", "resource: ab", true)]
    [InlineData("resource: a*", "resource: b", false)]
    [InlineData("resource: a?", "resource: '*b'", true)]
    [InlineData("resource: a", "rule: S3_*", true)]
    [InlineData("resource: a, region: eu-west-1", "resource: a, region: us-east-1", false)]
    [InlineData("rule: S3_BUCKET_VERSIONING_ENABLED", "rule: S3_*", true)]
    [InlineData("rule: S3_BUCKET_VERSIONING_ENABLED", "rule: SNS_*", false)]
    [InlineData("rule-name: ours", "rule-name: theirs", false)]
    [InlineData("resource-type: 'AWS::S3::*'", "resource-type: 'AWS::SNS::Topic'", false)]
    [InlineData("service: s3", "service: sns", false)]
    [InlineData("service: s3", "service: [sns, s3]", true)]
    [InlineData("impact: [none, cost]", "impact: [cost, data]", true)]
    [InlineData("impact: none", "impact: [cost, data]", false)]
    [InlineData("impact: none", "resource: a", true)]
    [InlineData("tag: {Stage: dev}", "tag: {Stage: prod}", false)]
    [InlineData("tag: {Stage: [dev, prod]}", "tag: {Stage: prod, Owner: a}", true)]
    [InlineData("tag: {Stage: dev}", "tag: {Owner: a}", true)]
    [InlineData("account: '111111111111'", "account: '222222222222'", false)]
    [InlineData("account: '111111111111'", "account: '1*'", true)]
    [InlineData("team: shop", "team: data", false)]
    [InlineData("team: data", "environment: test", true)]
    [InlineData("team: shop", "environment: test", false)]
    [InlineData("team: shop", "account: '111111111111'", true)]
    [InlineData("account: '2*'", "team: shop", false)]
    [InlineData("team: data, account: '3*'", "environment: test", false)]
    [InlineData("set: CIS-AWS-v5.0.0", "rule: S3_BUCKET_MFA_DELETE_ENABLED", true)]
    [InlineData("set: CIS-AWS-v5.0.0", "rule: S3_BUCKET_VERSIONING_ENABLED", false)]
    [InlineData("rule: S3_BUCKET_VERSIONING_ENABLED", "set: CIS-AWS-v5.0.0", false)]
    [InlineData("set: CIS-AWS-v5.0.0", "set: Security-Hub-FSBP", true)]
    public void Two_matches_may_hold_for_one_finding_or_not(string one, string other, bool may)
    {
        var policy = PolicyReader.Read(
            "policy.yaml", $"{Accounts}\nrules: [{{match: {{{one}}}, mode: auto}}, {{match: {{{other}}}, mode: auto}}]");
        var (first, second) = (policy.Rules[0].Match, policy.Rules[1].Match);

        Assert.Equal((may, may), (MatchOverlap.May(first, second), MatchOverlap.May(second, first)));
        Assert.True(MatchOverlap.May(first, Match.All));
    }
}
