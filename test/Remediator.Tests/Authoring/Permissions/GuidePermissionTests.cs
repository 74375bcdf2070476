using System.Collections.Immutable;
using Remediator.Authoring.Permissions;
using Remediator.Aws.Permissions;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Authoring.Permissions;

/// <summary>What guides read is permitted exactly where people may be called about their rules.</summary>
public sealed class GuidePermissionTests
{
    private static readonly Guide Tunnels = new PlaybookLibrary(Repository.At("playbooks")).LoadGuide("ec2/vpn-tunnels");

    private static readonly string[] Reads = ["ec2:DescribeCustomerGateways", "ec2:DescribeVpnConnections"];

    [Theory]
    [InlineData("defaults: {mode: auto}")]
    [InlineData("defaults: {mode: approve}")]
    [InlineData("rules: [{match: {rule: VPC_VPN_2_TUNNELS_UP}, mode: approve}]")]
    [InlineData("rules: [{match: {rule-name: vpc-vpn-2-tunnels-up}, mode: auto}]")]
    [InlineData("rules: [{match: {service: ec2}, mode: auto}]")]
    [InlineData("rules: [{match: {rule: VPC_VPN_2_TUNNELS_UP}, mode: approve, playbook: ec2/contained}]")]
    public void Policy_that_may_call_people_permits_exactly_its_reads(string policy) =>
        Assert.Equal(Reads, Of(policy).Select(p => p.Action));

    [Theory]
    [InlineData("defaults: {mode: observe}")]
    [InlineData("rules: [{match: {rule: IAM_USER_MFA_ENABLED}, mode: auto}]")]
    [InlineData("rules: [{match: {service: s3}, mode: auto}]")]
    [InlineData("rules: [{match: {playbook: 'ec2/*'}, mode: auto}]")]
    [InlineData("rules: [{match: {impact: none}, mode: auto}]")]
    public void Policy_that_calls_nobody_about_its_rules_permits_nothing(string policy) => Assert.Empty(Of(policy));

    [Fact]
    public void Reads_are_no_changes() => Assert.All(Of("defaults: {mode: auto}"), p => Assert.False(p.Changes));

    private static ImmutableArray<Permission> Of(string policy) =>
        PlaybookPermissions.Of([], new PolicyReach(PolicyReader.Read("policy.yaml", policy)), [Tunnels]);
}
