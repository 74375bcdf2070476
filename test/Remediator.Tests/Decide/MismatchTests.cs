using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Playbooks;
using Remediator.Testing;

namespace Remediator.Tests.Decide;

/// <summary>The words of a match that do not hold for a finding, and all of them, as one would write them.</summary>
public sealed class MismatchTests
{
    private const string Accounts =
        "accounts: {'123456789012': {team: shop, environment: test, ou: Root/Shop}, '222222222222': {team: data}}";

    private static readonly Subject Bucket = new(Some.Bucket("logs"), "our-rule", "S3_BUCKET_VERSIONING_ENABLED")
    {
        Tags = ImmutableDictionary<string, string>.Empty.Add("Stage", "dev"),
        Used = new(["s3/bucket-versioning", "rollback/a"], Impact.Cost),
        CreatedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    [Theory]
    [InlineData("rule: [SNS_*, SQS_*]", "rule: SNS_*, SQS_*")]
    [InlineData("rule: [SNS_*, S3_*]", null)]
    [InlineData("set: CIS-AWS-v5.0.0", "set: CIS-AWS-v5.0.0")]
    [InlineData("rule-name: theirs", "rule-name: theirs")]
    [InlineData("rule-name: our-*", null)]
    [InlineData("account: '2*'", "account: 2*")]
    [InlineData("account: '1*'", null)]
    [InlineData("team: data", "team: data")]
    [InlineData("team: [data, da*], environment: test", "team: data, da*, environment: test")]
    [InlineData("ou: Root/Other", "ou: Root/Other")]
    [InlineData("team: shop, environment: test, ou: Root", null)]
    [InlineData("region: eu-*", "region: eu-*")]
    [InlineData("resource-type: 'AWS::SNS::Topic'", "resource-type: AWS::SNS::Topic")]
    [InlineData("service: sns", "service: sns")]
    [InlineData("service: s3", null)]
    [InlineData("resource: log", "resource: log")]
    [InlineData("resource: [log, 'l?g']", "resource: log, l?g")]
    [InlineData("tag: {Stage: [prod, test]}", "tag: Stage=prod, test")]
    [InlineData("tag: {Stage: d*}", null)]
    [InlineData("impact: [none, restart]", "impact: none, restart")]
    [InlineData("impact: cost", null)]
    [InlineData("playbook: sns/*", "playbook: sns/*")]
    [InlineData("playbook: s3/*", null)]
    [InlineData("since: 2026-01-02", "since: 2026-01-02 00:00:00Z")]
    [InlineData("since: 2026-01-01", null)]
    [InlineData("resource: logs, region: eu-*, rule: SNS_*", "rule: SNS_*; region: eu-*")]
    public void Only_the_words_that_do_not_hold_are_told(string match, string? against)
    {
        var read = Read(match);

        Assert.Equal(against ?? "", string.Join("; ", Mismatch.Of(read, Bucket)));
        Assert.Equal(against is null, read.Matches(Bucket));
    }

    [Fact]
    public void All_words_of_a_match_are_written_in_one_order()
    {
        var match = Read(
            "playbook: s3/*, impact: [cost, data], since: 2026-01-01, tag: {Stage: dev}, resource: logs, service: s3, ou: Root, "
            + "resource-type: 'AWS::S3::*', region: eu-*, environment: test, team: shop, account: '1*', rule-name: ours, "
            + "set: CIS-AWS-v5.0.0, rule: S3_*");

        Assert.Equal(
            "rule: S3_*; set: CIS-AWS-v5.0.0; rule-name: ours; account: 1*; team: shop, environment: test, ou: Root; region: eu-*; "
            + "resource-type: AWS::S3::*; service: s3; resource: logs; tag: Stage=dev; impact: cost, data; playbook: s3/*; "
            + "since: 2026-01-01 00:00:00Z",
            Mismatch.Text(match));
        Assert.Equal("", Mismatch.Text(Match.All));
        Assert.Equal("resource: logs", Mismatch.Text(Read("resource: logs")));
    }

    [Fact]
    public void Tags_of_a_match_are_written_in_one_order_in_every_process() => Assert.Equal(
        "tag: A=1, B=2, C=3, Cost=6, D=4, E=5, a=7",
        Mismatch.Text(Read("tag: {E: '5', C: '3', a: '7', A: '1', Cost: '6', D: '4', B: '2'}")));

    private static Match Read(string match) =>
        PolicyReader.Read("policy.yaml", $"{Accounts}\nrules: [{{match: {{{match}}}, mode: auto}}]").Rules[0].Match;
}
