using Remediator.Authoring.Checks;
using Remediator.Aws;
using Remediator.Aws.Models;
using Remediator.Emulator;
using Remediator.Playbooks;

namespace Remediator.Tests.Aws;

/// <summary>For every error that a change may get, the table says whether waiting helps.</summary>
public sealed class ErrorTableTests
{
    /// <summary>Services whose models list no errors for some operations of playbooks' changes.</summary>
    private static readonly string[] WithoutErrors =
    [
        "cloudformation", "cloudwatch", "ec2", "elasticbeanstalk", "fis", "s3", "s3control", "sagemaker",
    ];

    private static readonly Lazy<string[]> Operations = new(() => OperationsOf(site => true));

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_error_that_the_models_document_for_a_call_of_a_playbook_is_classified()
    {
        var documented = Operations
            .Value.SelectMany(o => ModelCatalog.Find(o)!.ErrorCodes.Values.Distinct().Select(code => (Operation: o, Code: code)))
            .ToArray();

        Assert.True(documented.Length > 1500, $"only {documented.Length} errors are documented");
        Assert.Empty(
            documented.Where(e => !ErrorTable.Names(e.Operation, e.Code)).Select(e => $"{e.Operation}: {e.Code}: run tools/derive-errors"));
    }

    [Fact]
    public void Models_without_errors_are_those_whose_codes_are_judged_by_hand() => Assert.Empty(
        OperationsOf(site => site.Changes).Where(o => ModelCatalog.Find(o)!.ErrorCodes.Count is 0).Select(o => o.Split(':')[0]).Distinct()
            .Except(WithoutErrors));

    [Theory]
    [InlineData("dynamodb:UpdateContinuousBackups", "ContinuousBackupsUnavailableException")]
    [InlineData("wafv2:AssociateWebACL", "WAFUnavailableEntityException")]
    [InlineData("wafv2:PutLoggingConfiguration", "WAFServiceLinkedRoleErrorException")]
    [InlineData("rds:ModifyDBSnapshotAttribute", "InvalidDBSnapshotState")]
    [InlineData("rds:ModifyDBClusterSnapshotAttribute", "InvalidDBClusterSnapshotStateFault")]
    [InlineData("rds:ModifyDBCluster", "InvalidDBClusterStateFault")]
    [InlineData("rds:ModifyDBInstance", "InvalidDBSecurityGroupState")]
    [InlineData("redshift:ModifyCluster", "DependentServiceRequestThrottlingFault")]
    [InlineData("redshift:ModifyCluster", "InvalidClusterState")]
    [InlineData("application-autoscaling:RegisterScalableTarget", "ConcurrentUpdateException")]
    [InlineData("iot:UpdateProvisioningTemplate", "ConflictingResourceUpdateException")]
    [InlineData("elbv2:ModifyListener", "TrustStoreNotReady")]
    [InlineData("elbv2:SetSubnets", "CapacityReservationPending")]
    [InlineData("cloudtrail:UpdateTrail", "ConflictException")]
    [InlineData("cloudfront:UpdateDistribution", "PreconditionFailed")]
    [InlineData("eks:UpdateClusterConfig", "InvalidRequestException")]
    [InlineData("network-firewall:UpdateFirewallDeleteProtection", "InvalidTokenException")]
    [InlineData("autoscaling:UpdateAutoScalingGroup", "ServiceLinkedRoleFailure")]
    [InlineData("autoscaling:UpdateAutoScalingGroup", "ResourceContention")]
    [InlineData("ec2:ModifyInstanceMetadataOptions", "IncorrectInstanceState")]
    [InlineData("ec2:CreateTags", "ConcurrentTagAccess")]
    [InlineData("s3:PutBucketPolicy", "OperationAborted")]
    [InlineData("somebody:NewOperation", "ImportInProgressException")]
    public void Messages_about_temporary_states_are_recognised(string operation, string code) =>
        Assert.Contains(
            new AwsException(operation, code, 400, "", "").Fault, new[] { AwsFault.Busy, AwsFault.Throttling, AwsFault.Transient });

    [Theory]
    [InlineData("mq:UpdateBroker", "BadRequestException")]
    [InlineData("appsync:UpdateGraphqlApi", "BadRequestException")]
    [InlineData("kms:EnableKeyRotation", "DisabledException")]
    [InlineData("cloudwatch:PutMetricAlarm", "LimitExceeded")]
    [InlineData("cloudtrail:UpdateTrail", "InsufficientS3BucketPolicyException")]
    [InlineData("rds:ModifyDBCluster", "DBClusterParameterGroupNotFound")]
    public void Conflict_that_has_to_be_resolved_first_is_permanent(string operation, string code) =>
        Assert.Equal(AwsFault.Permanent, new AwsException(operation, code, 400, "", "").Fault);

    private static string[] OperationsOf(Func<CallSite, bool> which)
    {
        var library = new PlaybookLibrary(Repository.At("playbooks"));
        return
        [
            .. PlaybookLibrary
                .Names(Repository.At("playbooks"))
                .Select(library.Load)
                .SelectMany(p => CallSite.Of(p))
                .Where(which)
                .Select(s => s.Call.Operation)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
