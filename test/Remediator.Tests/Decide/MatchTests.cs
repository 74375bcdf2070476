using Remediator.Decide;
using Remediator.Incidents;
using Remediator.Testing.Scenarios;
using static Remediator.Testing.Scenarios.Steps;

namespace Remediator.Tests.Decide;

/// <summary>What an entry can match, on the whole path of an event where necessary.</summary>
public sealed class MatchTests
{
    private const string Block = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED";

    [Theory]
    [InlineData("service: s3", "AWS::S3::Bucket", Block, true)]
    [InlineData("service: s3", "AWS::S3Express::DirectoryBucket", Block, false)]
    [InlineData("service: elasticloadbalancing*", "AWS::ElasticLoadBalancingV2::LoadBalancer", Block, true)]
    [InlineData("set: CIS-AWS-v5.0.0", "AWS::S3::Bucket", "S3_BUCKET_MFA_DELETE_ENABLED", true)]
    [InlineData("set: [Security-Hub-FSBP, CIS-AWS-v5.0.0]", "AWS::S3::Bucket", "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", true)]
    [InlineData("set: CIS-AWS-v5.0.0", "AWS::S3::Bucket", "S3_BUCKET_VERSIONING_ENABLED", false)]
    [InlineData("set: CIS-AWS-v5.0.0, rule: RDS_*", "AWS::S3::Bucket", "S3_BUCKET_MFA_DELETE_ENABLED", false)]
    [InlineData("set: CIS-AWS-v5.0.0", "AWS::S3::Bucket", "", false)]
    [InlineData("set: Unheard-Of", "AWS::S3::Bucket", "S3_BUCKET_MFA_DELETE_ENABLED", false)]
    [InlineData("rule: '*'", "AWS::S3::Bucket", Block, true)]
    [InlineData("rule: '*'", "AWS::S3::Bucket", "", false)]
    public void Findings_are_matched_by_service_and_set(string match, string type, string rule, bool holds)
    {
        var policy = PolicyReader.Read("policy.yaml", $"rules: [{{match: {{{match}}}, mode: auto}}]");

        Assert.Equal(holds, policy.For(new(new("111111111111", "eu-west-1", type, "a"), "a-rule", rule)).Mode is Mode.Auto);
    }

    [Theory]
    [InlineData("impact: [brief, restart]", "awaiting-approval")]
    [InlineData("impact: cost", "fixed")]
    [InlineData("playbook: s3/bucket-public-*", "awaiting-approval")]
    [InlineData("playbook: sns/*", "fixed")]
    public async Task Entry_may_match_the_playbook_and_the_impact_of_the_change(string match, string outcome)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"rules: [{{match: {{{match}}}, mode: approve}}, {{match: {{rule: {Block}}}, mode: auto}}]");
        var (_, _, change) = await host.OpenBucketAsync();

        AssertOutcome(outcome, await host.SendAsync(change));
    }

    [Theory]
    [InlineData("2026-02-01T00:00:00Z", "fixed")]
    [InlineData("2025-12-31T23:59:59Z", "observed")]
    [InlineData(null, "observed")]
    public async Task Only_new_resources_are_changed_and_none_of_which_it_is_not_known(string? created, string outcome)
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"rules: [{{match: {{rule: {Block}, since: 2026-01-01}}, mode: auto}}]");
        var (_, _, change) = await host.OpenBucketAsync();
        host.Fake.On("config:BatchGetResourceConfig", Recorded(created));

        AssertOutcome(outcome, await host.SendAsync(change));
    }

    [Fact]
    public async Task Where_the_time_of_creation_is_not_known_the_mode_counts_that_does_less()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync($"defaults: {{mode: auto}}\nrules: [{{match: {{service: s3, since: 2026-01-01}}, mode: observe}}]");
        var (_, _, change) = await host.OpenBucketAsync();
        host.Fake.On("config:BatchGetResourceConfig", Recorded(null));

        AssertOutcome("observed", await host.SendAsync(change));
    }

    [Fact]
    public async Task Creation_time_is_not_read_if_no_setting_depends_on_it()
    {
        await using var host = new InMemoryHost();
        await host.UsePolicyAsync(
            $"rules: [{{match: {{rule: {Block}}}, mode: auto}}, {{match: {{service: s3, since: 2026-01-01}}, mode: observe}}]");
        var (_, _, change) = await host.OpenBucketAsync();

        AssertOutcome("fixed", await host.SendAsync(change));

        Assert.DoesNotContain("config:BatchGetResourceConfig", host.Calls);
    }

    private static string Recorded(string? created) =>
        created is null
            ? """{"baseConfigurationItems":[{"resourceId":"a"}]}"""
            : $$"""{"baseConfigurationItems":[{"resourceId":"a","resourceCreationTime":{{Seconds(created)}} }]}""";

    private static long Seconds(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds();
}
