using Remediator.Testing.Fakes;
using Remediator.Testing.Scenarios;
using Remediator.Values;

namespace Remediator.Tests.Change;

/// <summary>AWS answers with status 200 about many resources that are gone or being deleted: with an empty list, or with a state.</summary>
public sealed class GoneResourceTests : IDisposable
{
    private readonly InMemoryHost host = new();

    public void Dispose() => host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Theory]
    [InlineData("terminated")]
    [InlineData("shutting-down")]
    public async Task A_terminated_instance_is_not_fixed(string state)
    {
        host.Fake.On(
            "ec2:DescribeInstances",
            $$$"""
            {"Reservations":[{"Instances":[{"InstanceId":"i-1","State":{"Name":"{{{state}}}"},
             "MetadataOptions":{"HttpTokens":"optional"}}]}]}
            """
        );

        host.AssertGone(await host.EventAsync("EC2_IMDSV2_CHECK", "AWS::EC2::Instance", "i-1"));
    }

    [Fact]
    public async Task A_deleted_volume_is_not_a_failed_change_of_tags()
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {tags: {owner: platform}}}");
        host.Fake.On("ec2:DescribeVolumes", _ => throw FakeAws.Error("ec2:DescribeVolumes", "InvalidVolume.NotFound", 400));

        host.AssertGone(await host.EventAsync("REQUIRED_TAGS", "AWS::EC2::Volume", "vol-gone", """{"tag1Key":"owner"}"""));
    }

    [Fact]
    public async Task A_deleted_security_group_is_not_already_right() =>
        host.AssertGone(await host.EventAsync("INCOMING_SSH_DISABLED", "AWS::EC2::SecurityGroup", "sg-gone"));

    [Theory]
    [InlineData(
        "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
        "AWS::RDS::DBInstance",
        "db-1",
        "rds:DescribeDBInstances",
        """{"DBInstances":[{"DbiResourceId":"db-1","DBInstanceStatus":"deleting"}]}"""
    )]
    [InlineData("RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "AWS::RDS::DBInstance", "db-1", "rds:DescribeDBInstances", """{"DBInstances":[]}""")]
    [InlineData(
        "RDS_CLUSTER_DELETION_PROTECTION_ENABLED",
        "AWS::RDS::DBCluster",
        "cluster-1",
        "rds:DescribeDBClusters",
        """{"DBClusters":[{"DbClusterResourceId":"cluster-1","Status":"deleting"}]}"""
    )]
    [InlineData("EKS_CLUSTER_LOGGING_ENABLED", "AWS::EKS::Cluster", "prod", "eks:DescribeCluster", """{"cluster":{"status":"DELETING"}}""")]
    [InlineData(
        "CLOUDFORMATION_TERMINATION_PROTECTION_CHECK",
        "AWS::CloudFormation::Stack",
        "web",
        "cloudformation:DescribeStacks",
        """{"Stacks":[{"StackStatus":"DELETE_COMPLETE"}]}"""
    )]
    [InlineData(
        "CMK_BACKING_KEY_ROTATION_ENABLED",
        "AWS::KMS::Key",
        "k1",
        "kms:DescribeKey",
        """{"KeyMetadata":{"KeyId":"k1","KeyState":"PendingDeletion"}}"""
    )]
    [InlineData(
        "SECRETSMANAGER_USING_CMK",
        "AWS::SecretsManager::Secret",
        "a",
        "secretsmanager:DescribeSecret",
        """{"Name":"a","DeletedDate":1}"""
    )]
    [InlineData(
        "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
        "AWS::DynamoDB::Table",
        "t",
        "dynamodb:DescribeTable",
        """{"Table":{"TableName":"t","TableStatus":"DELETING"}}"""
    )]
    [InlineData(
        "AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED",
        "AWS::AutoScaling::AutoScalingGroup",
        "web",
        "autoscaling:DescribeAutoScalingGroups",
        """{"AutoScalingGroups":[]}"""
    )]
    [InlineData(
        "CW_LOGGROUP_RETENTION_PERIOD_CHECK",
        "AWS::Logs::LogGroup",
        "/app",
        "logs:DescribeLogGroups",
        """{"logGroups":[{"logGroupName":"/app2"}]}"""
    )]
    [InlineData("ATHENA_WORKGROUP_LOGGING_ENABLED", "AWS::Athena::WorkGroup", "w", "athena:GetWorkGroup", null)]
    public async Task What_is_gone_or_ending_is_left_to_Config(string rule, string type, string id, string operation, string? answer)
    {
        await host.UsePolicyAsync("defaults: {mode: auto, owner: platform, params: {kmsKeyArn: k}}");
        host.Fake.On(
            operation, _ => answer is null ? throw FakeAws.Error(operation, "InvalidRequestException", 400) : OneEvent.Json(answer));

        host.AssertGone(await host.EventAsync(rule, type, id));
    }

    [Fact]
    public async Task A_key_whose_deletion_is_called_off_is_not_taken_for_gone()
    {
        var state = "PendingDeletion";
        host.Fake.On("kms:DescribeKey", _ => OneEvent.Json($$$"""{"KeyMetadata":{"KeyId":"k1","KeyState":"{{{state}}}"}}"""));
        host.Fake.On("kms:CancelKeyDeletion", _ =>
        {
            state = "Disabled";
            return OneEvent.Json("{}");
        });

        Steps.AssertOutcome("fixed", await host.EventAsync("KMS_CMK_NOT_SCHEDULED_FOR_DELETION", "AWS::KMS::Key", "k1"));
    }

    [Fact]
    public async Task Undo_of_what_is_gone_says_so()
    {
        var (state, tokens) = ("running", "optional");
        host.Fake.On("ec2:DescribeInstances", _ => OneEvent.Json(
                $$$"""
                {"Reservations":[{"Instances":[{"InstanceId":"i-1","State":{"Name":"{{{state}}}"},
                 "MetadataOptions":{"HttpTokens":"{{{tokens}}}"}}]}]}
                """
            ));
        host.Fake.On("ec2:ModifyInstanceMetadataOptions", input =>
        {
            tokens = input.TextOf("HttpTokens")!;
            return OneEvent.Json("{}");
        });
        var ended = await host.EventAsync("EC2_IMDSV2_CHECK", "AWS::EC2::Instance", "i-1");
        Steps.AssertOutcome("fixed", ended);
        state = "terminated";

        await host.UndoAsync(ended.Incident);

        Assert.Equal("required", tokens);
        Assert.Single(host.Made());
    }
}
