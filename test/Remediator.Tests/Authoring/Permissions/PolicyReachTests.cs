using Remediator.Authoring.Permissions;
using Remediator.Aws.Permissions;
using Remediator.Decide;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Authoring.Permissions;

public class PolicyReachTests
{
    private static readonly Playbook[] Shipped =
    [
        .. PlaybookLibrary.Names(Repository.At("playbooks")).Select(new PlaybookLibrary(Repository.At("playbooks")).Load),
    ];

    [Fact]
    public void The_policy_that_is_shipped_lets_nothing_be_written() =>
        Assert.All(
            PlaybookPermissions.Of(Shipped, Reach(File.ReadAllText(Repository.At("policy.yaml")))), p => Assert.False(p.Changes, p.Action));

    [Theory]
    [InlineData("match: {rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED}")]
    [InlineData("match: {rule-name: s3-bucket-level-public-access-prohibited}")]
    [InlineData("match: {rule-name: securityhub-s3-bucket-level-public-access-prohibited-*}")]
    public void One_rule_in_auto_writes_what_its_playbook_writes(string match)
    {
        var reach = Reach($$"""rules: [{{{match}}, mode: auto}]""");

        Assert.Equal(["s3/bucket-public-access-block"], Shipped.Where(reach.Changes).Select(p => p.Name));
        Assert.All(
            PlaybookPermissions.Of(Shipped, reach).Where(p => p.Changes),
            p => Assert.StartsWith("s3:", p.Action, StringComparison.Ordinal));
        Assert.Empty(reach.NotFound(Shipped));
    }

    private const string RollsBack = "rules: [{match: {rule-name: 'our-*'}, to: last-compliant, mode: approve}]";

    [Fact]
    public void Types_through_cloud_control_need_its_actions_and_either_the_role_or_what_their_providers_do()
    {
        var without = Beside(RollsBack);
        Assert.Empty(without);

        var own = Beside($$"""{{RollsBack}}{{"\n"}}rollback: {types: [AWS::ECR::Repository]}""");
        Assert.Equal(
            ["cloudformation:GetResource", "cloudformation:GetResourceRequestStatus", "cloudformation:UpdateResource"],
            own.Where(a => a.StartsWith("cloudformation:", StringComparison.Ordinal)));
        Assert.Contains("ecr:SetRepositoryPolicy", own);

        var role = Beside($$"""{{RollsBack}}{{"\n"}}rollback: {types: [AWS::ECR::Repository], role: RemediatorRollback}""");
        Assert.Equal(
            ["cloudformation:GetResource", "cloudformation:GetResourceRequestStatus", "cloudformation:UpdateResource", "iam:PassRole"],
            role);
    }

    [Fact]
    public void Role_for_cloud_control_is_the_only_one_that_may_be_passed_to_it()
    {
        var reach = Reach($$"""{{RollsBack}}{{"\n"}}rollback: {types: [AWS::ECR::Repository], role: RemediatorRollback}""");

        var pass = Assert.Single(RegisteredPermissions.Of(reach).Where(p => p.Action is "iam:PassRole").Distinct());
        Assert.Equal("arn:${AWS::Partition}:iam::*:role/RemediatorRollback", pass.Resource);
        Assert.Equal("cloudformation.amazonaws.com", pass.Condition?.Value);
    }

    [Fact]
    public void Policy_that_only_observes_reads_through_cloud_control_and_changes_nothing()
    {
        var reach = Reach(
            $$"""rules: [{match: {rule-name: 'our-*'}, to: last-compliant}]{{"\n"}}rollback: {types: [AWS::ECR::Repository]}"""
        );

        Assert.All(RegisteredPermissions.Of(reach), p => Assert.False(p.Changes, p.Action));
        Assert.DoesNotContain(RegisteredPermissions.Of(reach), p => p.Action is "cloudformation:UpdateResource");
    }

    /// <summary>The permissions that the policy's types need in addition to all others.</summary>
    private static IEnumerable<string> Beside(string policy) =>
        RegisteredPermissions.Of(Reach(policy)).Select(p => p.Action).Distinct().Order(StringComparer.Ordinal);

    [Fact]
    public void Everything_in_auto_writes_what_all_playbooks_write() => Assert.Equal(
        PlaybookPermissions.Of(Shipped.Where(p => p is { Rules.IsEmpty: false, Containment: null }))
            .Where(p => p.Changes).Select(p => p.Action).Distinct(),
        PlaybookPermissions.Of(Shipped, Reach("defaults: {mode: auto}")).Where(p => p.Changes).Select(p => p.Action).Distinct());

    [Theory]
    [InlineData("rules: [{match: {rule-name: our-own, resource-type: AWS::IAM::Role}, mode: approve, to: last-compliant}]")]
    [InlineData("rules: [{match: {resource-type: AWS::IAM::Role, rule-name: our-own}, mode: auto, to: [wanted, last-compliant]}]")]
    public void A_rollback_of_a_type_writes_what_its_playbooks_put_back_and_reads_the_history(string policy)
    {
        var reach = Reach(policy);
        var permissions = PlaybookPermissions.Of(Shipped, reach);

        Assert.All(permissions.Where(p => p.Changes), p => Assert.StartsWith("iam:", p.Action, StringComparison.Ordinal));
        Assert.Contains(permissions, p => p.Action is "iam:UpdateAssumeRolePolicy");
        Assert.Contains(permissions, p => p.Action is "config:GetResourceConfigHistory");
        Assert.Empty(reach.NotFound(Shipped));
    }

    [Fact]
    public void Where_nothing_is_rolled_back_nothing_is_read_for_it()
    {
        var permissions = PlaybookPermissions.Of(Shipped, Reach("defaults: {mode: auto}"));

        Assert.DoesNotContain(permissions, p => p.Action is "config:GetResourceConfigHistory" or "iam:UpdateAssumeRolePolicy");
    }

    [Theory]
    [InlineData("rules: [{match: {resource-type: AWS::SQS::Queue}, mode: approve}]", "sqs")]
    [InlineData("rules: [{match: {rule-name: our-own}, playbook: sns/topic-delivery-logging, mode: auto}]", "sns")]
    public void A_type_or_a_playbook_that_is_named_reaches_no_other(string policy, string service)
    {
        var changing = Shipped.Where(Reach(policy).Changes).ToArray();

        Assert.NotEmpty(changing);
        Assert.All(changing, p => Assert.Contains(p.Name.Split('/')[0], (string[])[service, "tags"]));
    }

    [Fact]
    public void A_rule_by_a_name_of_ones_own_is_said_to_give_no_permission()
    {
        var reach = Reach("rules: [{match: {rule-name: our-own}, mode: auto}]");

        Assert.Equal("our-own", Assert.Single(reach.NotFound(Shipped)));
        Assert.DoesNotContain(Shipped, reach.Changes);
    }

    [Fact]
    public void A_role_that_the_policy_names_is_the_only_one_that_a_runbook_may_be_given()
    {
        var permissions = PlaybookPermissions.Of(
            Shipped,
            Reach(
                "rules: [{match: {rule: DESIRED_INSTANCE_TYPE}, mode: approve, params: {role: "
                + "'arn:aws:iam::111111111111:role/ops/Resize'}}]"
            ));

        Assert.Equal(
            ["arn:${AWS::Partition}:iam::111111111111:role/ops/Resize"],
            permissions.Where(p => p.Action is "iam:PassRole").Select(p => p.Resource));
        Assert.Equal(
            [
                "arn:${AWS::Partition}:ssm:*:*:automation-definition/AWS-ResizeInstance:*",
                "arn:${AWS::Partition}:ssm:*:*:automation-execution/*", "arn:${AWS::Partition}:ssm:*:*:document/AWS-ResizeInstance",
            ],
            permissions.Where(p => p.Action is "ssm:StartAutomationExecution").Select(p => p.Resource));
    }

    [Fact]
    public void No_runbook_may_be_given_a_role_that_no_policy_names() => Assert.DoesNotContain(
        PlaybookPermissions.Of(Shipped, Reach("rules: [{match: {rule: DESIRED_INSTANCE_TYPE}, mode: approve}]")),
        p => p.Action is "iam:PassRole");

    [Fact]
    public void No_playbook_may_start_a_runbook_that_it_does_not_name() => Assert.All(
        PlaybookPermissions.Of(Shipped).Where(p => p.Action is "ssm:StartAutomationExecution"),
        p => Assert.NotEqual("*", p.Resource));

    private static PolicyReach Reach(string policy) => new(PolicyReader.Read("policy.yaml", policy));
}
