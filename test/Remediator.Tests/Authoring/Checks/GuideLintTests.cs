using System.Collections.Immutable;
using Remediator.Playbooks;

namespace Remediator.Tests.Authoring.Checks;

/// <summary>Guides are held like playbooks: their rules, operations, names and paths, and what they put into a command.</summary>
public sealed class GuideLintTests
{
    private const string Good = """
        rules: [VPC_VPN_2_TUNNELS_UP]
        resource: AWS::EC2::VPNConnection
        evidence:
          - as: tunnels
            show: Tunnel
            call: ec2:DescribeVpnConnections
            with: {VpnConnectionIds: ["${resource.id}"]}
            take: "VpnConnections[0].VgwTelemetry[].{address: OutsideIpAddress, status: Status}"
        next:
          - for-each: evidence.tunnels[?status != 'UP']
            do: The tunnel to ${item.address} is down.
            run: aws ec2 get-vpn-tunnel-replacement-status --vpn-connection-id ${resource.id}
        """;

    /// <summary>The mistakes that only guides have.</summary>
    internal static readonly LintCase[] Mistakes =
    [
        new(
            "PB080",
            "a guide to a rule that a playbook answers",
            Guide("▸S3_BUCKET_PUBLIC_READ_PROHIBITED", "AWS::S3::Bucket"),
            "s3/a-second is about S3_BUCKET_PUBLIC_READ_PROHIBITED for AWS::S3::Bucket too",
            "nobody would be shown this guide")
        {
            Name = "s3/help.guide",
            Other = Lint.Good,
        },
        Mistake(
            "PB081",
            "more steps than somebody reads",
            "next:\n  - for-each: evidence.tunnels[?status != 'UP']\n    do: The",
            $"next:\n{string.Concat(Enumerable.Range(1, 10).Select(n => $"  - do: Step {n}.\n"))}"
                + "  - for-each: evidence.tunnels[?status != 'UP']\n    do: ▸The",
            "a guide has 10 steps at most"),
        Mistake(
            "PB082",
            "quotes around a value that is quoted",
            "run: aws ec2 get-vpn-tunnel-replacement-status --vpn-connection-id ${resource.id}",
            "run: ▸aws ec2 get-vpn-tunnel-replacement-status --vpn-connection-id \"${resource.id}\"",
            "is quoted as one word by itself",
            "write no quotes around it"),
    ];

    [Fact]
    public void Good_guide_has_no_problems() => Assert.Empty(Of(Good));

    [Theory]
    [InlineData("VPC_VPN_2_TUNNELS_UP", "VPC_VPN_3_TUNNELS_UP", "PB032", 1, "VPC_VPN_2_TUNNELS_UP")]
    [InlineData("AWS::EC2::VPNConnection", "AWS::EC2::VPN", "PB033", 2, "AWS::EC2::VPN")]
    [InlineData("ec2:DescribeVpnConnections", "ec2:DescribeVpnConnection", "PB020", 6, "ec2:DescribeVpnConnections")]
    [InlineData("ec2:DescribeVpnConnections", "ec2:DeleteVolume", "PB027", 6, "must only read")]
    [InlineData("ec2:DescribeVpnConnections", "ssm:GetParameter", "PB071", 6, "a secret")]
    [InlineData("VgwTelemetry", "Telemetry", "PB012", 8, "VgwTelemetry")]
    [InlineData("status != 'UP'", "state != 'UP'", "PB012", 10, "'state'")]
    [InlineData("${item.address}", "${item.adress}", "PB012", 11, "address")]
    [InlineData("--vpn-connection-id ${resource.id}", "--vpn-connection-id ${resource.vpn}", "PB012", 12, "'vpn'")]
    [InlineData("--vpn-connection-id ${resource.id}", "--vpn-connection-id ${rule.tunnels}", "PB012", 12, "no 'tunnels'")]
    [InlineData("--vpn-connection-id ${resource.id}", "--vpn-connection-id ${params.id}", "PB011", 12, "known only in playbooks")]
    [InlineData("--vpn-connection-id ${resource.id}", "--vpn-connection-id \"${resource.id}\"", "PB082", 12, "no quotes")]
    [InlineData("as: tunnels", "gone-on: Gone", "PB003", 4, "gone-on")]
    [InlineData("    do: The tunnel to ${item.address} is down.\n", "", "PB004", 10, "'do'")]
    public void Mistake_is_found_where_it_is(string old, string @new, string code, int line, string says)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);

        var problem = Of(Good.Replace(old, @new, StringComparison.Ordinal)).First(p => p.Code == code);

        Assert.Equal(line, problem.At.Line);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Guide_without_evidence_or_steps_is_refused() =>
        Of(Good[..Good.IndexOf("next:", StringComparison.Ordinal)]).Only("PB004", 1, "'next' is missing");

    [Fact]
    public void Guide_to_a_rule_that_a_playbook_answers_would_never_be_shown() => Lint.Of(
        [("s3/block", Lint.Good), ("s3/help.guide", Guide("S3_BUCKET_PUBLIC_READ_PROHIBITED", "AWS::S3::Bucket"))])
        .Only("PB080", 1, "s3/block is about S3_BUCKET_PUBLIC_READ_PROHIBITED for AWS::S3::Bucket too");

    [Fact]
    public void Second_guide_to_a_rule_would_never_be_shown() => Lint.Of(
        [("ec2/a.guide", Good), ("ec2/b.guide", Good)]).Only("PB080", 1, "ec2/a is about VPC_VPN_2_TUNNELS_UP");

    [Fact]
    public void Guide_with_more_steps_than_somebody_reads_is_refused() =>
        Of(Good + string.Concat(Enumerable.Range(2, 10).Select(n => $"\n  - do: Step {n}."))).Only("PB081", 22, "10 steps at most");

    private static string Guide(string rule, string type) => $$"""
        rules: [{{rule}}]
        resource: {{type}}
        evidence: {show: What it holds, call: "s3:ListObjectsV2", with: {Bucket: "${resource.id}"}, take: "Contents[].Key"}
        next: {do: Look at it.}
        """;

    private static LintCase Mistake(string code, string mistake, string old, string @new, params string[] says) =>
        new(code, mistake, Good.Replace(old, @new, StringComparison.Ordinal), says) { Name = "ec2/tunnels.guide" };

    private static ImmutableArray<Problem> Of(string guide) => Lint.Of([("ec2/tunnels.guide", guide)]);
}
