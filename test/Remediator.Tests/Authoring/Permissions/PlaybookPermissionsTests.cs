using Remediator.Authoring.Permissions;
using Remediator.Aws.Permissions;
using Remediator.Playbooks;
using Remediator.Tests.Authoring.Checks;

namespace Remediator.Tests.Authoring.Permissions;

public class PlaybookPermissionsTests
{
    [Fact]
    public void A_playbook_needs_what_it_calls_reads_and_writes_apart() => Assert.Equal(
        [
            new("s3:GetBucketPublicAccessBlock", "arn:${AWS::Partition}:s3:::*", Changes: false),
            new("s3:PutBucketPublicAccessBlock", "arn:${AWS::Partition}:s3:::*", Changes: true),
        ],
        [.. PlaybookPermissions.Of(Read(Lint.Good))]);

    [Fact]
    public void A_role_that_is_handed_over_may_be_passed_to_that_service_only()
    {
        var permissions = PlaybookPermissions.Of(Read(Write("cloudtrail:UpdateTrail", "{Name: a, CloudWatchLogsRoleArn: b}")));

        var pass = Assert.Single(permissions, p => p.Action == "iam:PassRole");
        Assert.Equal("arn:${AWS::Partition}:iam::*:role/*", pass.Resource);
        Assert.Equal(new("StringEquals", "iam:PassedToService", "cloudtrail.amazonaws.com"), pass.Condition);
    }

    [Theory]
    [InlineData("glue:UpdateJob", "{JobName: a, JobUpdate: '${target}'}", "glue.amazonaws.com")]
    [InlineData("backup:UpdateBackupPlan", "{BackupPlanId: a, BackupPlan: '${target}'}", "malware-protection.guardduty.amazonaws.com")]
    [InlineData("ses:UpdateReceiptRule", "{RuleSetName: a, Rule: {Name: b, Actions: '${target}'}}", "ses.amazonaws.com")]
    [InlineData("ec2:AssociateIamInstanceProfile", "{InstanceId: a, IamInstanceProfile: '${target}'}", "ec2.amazonaws.com")]
    [InlineData(
        "sns:SetTopicAttributes",
        "{TopicArn: a, AttributeName: '${item.Name}', AttributeValue: '${item.Value}'}",
        "sns.amazonaws.com"
    )]
    public void A_role_that_no_member_names_may_be_passed_too(string operation, string input, string service) =>
        Assert.Contains(PlaybookPermissions.Of(Read(Write(operation, input))), p =>
            p.Action == "iam:PassRole" && p.Condition?.Value == service);

    [Theory]
    [InlineData("ses:UpdateReceiptRule", "{RuleSetName: a, Rule: {Name: b, ScanEnabled: '${target}'}}")]
    [InlineData("iam:PutRolePolicy", "{RoleName: a, PolicyName: b, PolicyDocument: c}")]
    public void What_can_hold_no_role_passes_none(string operation, string input) =>
        Assert.DoesNotContain(PlaybookPermissions.Of(Read(Write(operation, input))), p => p.Action == "iam:PassRole");

    [Fact]
    public void A_key_that_no_member_names_may_be_used_too() => Assert.Contains(
        PlaybookPermissions.Of(Read(Write("opensearch:UpdateDomainConfig", "{DomainName: a, EncryptionAtRestOptions: '${target}'}"))),
        p => p.Action == "kms:CreateGrant");

    [Fact]
    public void A_launch_template_is_stored_without_the_use_of_its_key() => Assert.DoesNotContain(
        PlaybookPermissions.Of(Read(Write("ec2:CreateLaunchTemplateVersion", "{LaunchTemplateId: a, LaunchTemplateData: '${target}'}"))),
        p => p.Action == "kms:CreateGrant");

    [Fact]
    public void An_attribute_of_a_topic_that_is_named_passes_no_role() => Assert.DoesNotContain(
        PlaybookPermissions.Of(
            Read(Write("sns:SetTopicAttributes", "{TopicArn: a, AttributeName: KmsMasterKeyId, AttributeValue: '${target}'}"))),
        p => p.Action == "iam:PassRole");

    [Fact]
    public void What_API_Gateway_checks_of_the_caller_stands_beside_its_own_action() => Assert.Contains(
        PlaybookPermissions.Of(Read(Write("apigatewayv2:UpdateStage", "{ApiId: a, StageName: b, Description: c}"))),
        p => p.Action == "logs:CreateLogDelivery");

    [Fact]
    public void A_key_that_is_handed_over_may_be_used_through_that_service_only()
    {
        var permissions = PlaybookPermissions.Of(
            Read(Write("rds:ModifyDBInstance", "{DBInstanceIdentifier: a, PerformanceInsightsKMSKeyId: b}")));

        Assert.All(
            permissions.Where(p => p.Action.StartsWith("kms:", StringComparison.Ordinal)),
            p => Assert.Equal(new("StringLike", "kms:ViaService", "rds.*.${AWS::URLSuffix}"), p.Condition));
        Assert.Contains(permissions, p => p.Action == "kms:CreateGrant");
    }

    [Fact]
    public void A_runbook_is_started_looked_at_and_given_its_role()
    {
        var playbook = Read(Write("x", "{AutomationAssumeRole: [b]}").Replace("call: \"x\"", "runbook: A", StringComparison.Ordinal));

        Assert.Equal(
            ["iam:PassRole", "ssm:GetAutomationExecution", "ssm:StartAutomationExecution"],
            PlaybookPermissions.Of(playbook).Select(p => p.Action).Distinct().Where(a => !a.StartsWith("s3:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Policies_are_split_within_IAMs_limit_and_lose_nothing()
    {
        var permissions = Enumerable.Range(0, 700).Select(n => new Permission($"ec2:DescribeSomethingRatherLong{n:0000}", "*", n % 2 == 0))
            .ToArray();

        var policies = PolicyPacker.Pack(Statement.Of(permissions));

        Assert.True(policies.Length > 1);
        Assert.All(policies, p => Assert.InRange(PolicyPacker.Size(p), 1, PolicyPacker.MostCharacters));
        Assert.Equal(
            permissions.Select(p => p.Action).Order(StringComparer.Ordinal),
            policies.SelectMany(p => p).SelectMany(s => s.Actions).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_playbooks_fit_the_policies_that_a_role_may_have()
    {
        var folder = Repository.PathOf("playbooks");
        var playbooks = PlaybookLibrary.Names(folder).Select(new PlaybookLibrary(folder).Load);

        Assert.InRange(PolicyPacker.Pack(Statement.Of(PlaybookPermissions.Of(playbooks))).Length, 1, PolicyPacker.MostPolicies);
    }

    private static Playbook Read(string text) => PlaybookReader.TryRead("s3/x", "x.yaml", text).Playbook!;

    private static string Write(string operation, string input) => $$"""
        summary: x
        rules: [X]
        resource: X
        impact: none
        read: {call: "s3:GetBucketVersioning"}
        want: {a: b}
        write: {call: "{{operation}}", with: {{input}}}
        manual: x
        """;
}
