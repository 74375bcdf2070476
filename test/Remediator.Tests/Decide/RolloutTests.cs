using Remediator.Decide;

namespace Remediator.Tests.Decide;

/// <summary>The rising shares of a policy: what each is called, and whose it is.</summary>
public sealed class RolloutTests
{
    private const string Rising = "rollout: {start: 5%, over: 10d}";

    [Theory]
    [InlineData($"defaults: {{mode: auto, owner: platform, {Rising}}}",
        "everything: mode auto, from 5% to 100% over 10d, held if reverts 1, undos 1, failures 5%")]
    [InlineData($"rules: [{{match: {{rule: S3_*}}, mode: approve, {Rising}}}]",
        "rule: S3_*: mode approve, from 5% to 100% over 10d, held if reverts 1, undos 1, failures 5%")]
    [InlineData($"rules: [{{match: {{account: '1*'}}, {Rising}}}, {{match: {{rule: S3_*}}, mode: auto}}]",
        "account: 1*, and rule: S3_*: mode auto, from 5% to 100% over 10d, held if reverts 1, undos 1, failures 5%")]
    [InlineData($"{{defaults: {{mode: auto}}, rules: [{{match: {{rule: S3_*}}, {Rising}}}]}}",
        "rule: S3_*: mode auto, from 5% to 100% over 10d, held if reverts 1, undos 1, failures 5%")]
    public void Rising_share_is_told_by_what_it_is_about(string policy, string about) =>
        Assert.Equal(about, Assert.Single(PolicyRollout.Of(PolicyReader.Read("policy.yaml", policy))).About);

    [Theory]
    [InlineData($"{{defaults: {{mode: auto, owner: platform}}, rules: [{{match: {{rule: S3_*}}, {Rising}, owner: storage}}]}}", "storage")]
    [InlineData($"{{defaults: {{mode: auto}}, rules: [{{match: {{rule: S3_*}}, {Rising}, owner: storage}}]}}", "storage")]
    [InlineData(
        $"{{defaults: {{{Rising}}}, rules: [{{match: {{resource: logs}}, mode: auto}}, {{match: {{resource: logs}}, owner: a}}]}}", "a")]
    [InlineData($"{{defaults: {{mode: auto, owner: platform}}, rules: [{{match: {{rule: S3_*}}, {Rising}}}]}}", "platform")]
    [InlineData($"{{defaults: {{owner: platform}}, rules: [{{match: {{rule: S3_*}}, {Rising}, mode: auto, owner: storage}}]}}", "storage")]
    [InlineData(
        $"rules: [{{match: {{account: '1*'}}, {Rising}, owner: shop}}, {{match: {{rule: S3_*}}, mode: auto, owner: storage}}]", "storage")]
    [InlineData($"rules: [{{match: {{account: '1*'}}, {Rising}, owner: shop}}, {{match: {{rule: S3_*}}, mode: auto}}]", "shop")]
    [InlineData(
        $"rules: [{{match: {{account: '1*'}}, {Rising}}}, {{match: {{rule: S3_A}}, mode: auto}}, {{match: {{rule: S3_A}}, owner: a}}, "
        + "{match: {account: '1*'}, owner: b}]",
        "a")]
    [InlineData(
        $"rules: [{{match: {{rule: S3_A}}, {Rising}}}, {{match: {{account: '111111111111'}}, mode: auto}}, "
        + "{match: {rule: S3_A}, owner: a}, {match: {account: '111111111111'}, owner: b}]",
        "b")]
    [InlineData(
        $"rules: [{{match: {{resource: logs}}, {Rising}, mode: auto}}, {{match: {{resource: logs}}, owner: a}}]", "a")]
    [InlineData(
        $"{{defaults: {{mode: auto}}, rules: [{{match: {{resource: logs}}, {Rising}}}, {{match: {{resource: logs}}, owner: a}}]}}", "a")]
    public void Rising_share_is_of_whoever_owns_what_is_changed(string policy, string owner) =>
        Assert.Equal(owner, PolicyRollout.Of(PolicyReader.Read("policy.yaml", policy))[0].Owner);

    [Theory]
    [InlineData($"rules: [{{match: {{rule: S3_*}}, {Rising}}}]")]
    [InlineData($"rules: [{{match: {{rule: S3_A}}, {Rising}}}, {{match: {{rule: S3_B}}, mode: auto}}]")]
    [InlineData("defaults: {mode: auto, rollout: 20%}")]
    public void Where_nothing_is_changed_by_it_no_share_rises(string policy) =>
        Assert.Empty(PolicyRollout.Of(PolicyReader.Read("policy.yaml", policy)));
}
