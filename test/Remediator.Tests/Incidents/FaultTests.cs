using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing.Fakes;

namespace Remediator.Tests.Incidents;

public sealed class FaultTests
{
    [Theory]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidClientTokenId")]
    [InlineData("OptInRequired")]
    [InlineData("RegionDisabledException")]
    public void Disabled_region_is_not_a_missing_permission(string code)
    {
        var fault = Fault.Of(
            new AwsException("config:DescribeConfigRules", code, 400, "", "The security token included in the request is invalid.")
        )!;

        Assert.Equal((Reason.NotConfigured, false), (fault.Reason, fault.IsPassing));
        Assert.Contains("not turned on", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("It needs", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_permission_that_is_missing_is_named()
    {
        var fault = Fault.Of(new AwsException("s3:PutPublicAccessBlock", "AccessDenied", 403, "", "no"))!;

        Assert.Equal(Reason.NotPermitted, fault.Reason);
        Assert.Contains("s3:PutBucketPublicAccessBlock", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Account_without_a_configured_role_is_not_entered_and_the_missing_setting_is_named()
    {
        var refused = Assert.Throws<AwsException>(
            () => new AccountAccess("111111111111", "", new("Remediator")).RoleIn("222222222222", "eu-west-1", new("Remediator")));

        var fault = Fault.Of(refused)!;
        Assert.Equal(Reason.NotConfigured, fault.Reason);
        Assert.Contains("REMEDIATOR_MEMBER_ROLE", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("222222222222", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_names_the_action_that_is_missing_also_where_it_is_called_otherwise()
    {
        var fault = Fault.Of(FakeAws.Error("s3:PutPublicAccessBlock", "AccessDenied", 403))!;

        Assert.Equal((Reason.NotPermitted, false), (fault.Reason, fault.IsPassing));
        Assert.EndsWith("It needs s3:PutBucketPublicAccessBlock.", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_by_a_key_names_no_action_of_the_operation() =>
        Assert.DoesNotContain(
            "It needs",
            Fault.Of(FakeAws.Error("kinesis:StartStreamEncryption", "KMSAccessDeniedException", 400))!.Detail,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("dynamodb:UpdateContinuousBackups", "ContinuousBackupsUnavailableException", "throttled-out", true)]
    [InlineData("rds:ModifyDBInstance", "InvalidDBInstanceState", "throttled-out", true)]
    [InlineData("dynamodb:UpdateTable", "ThrottlingException", "throttled-out", true)]
    [InlineData("sns:SetTopicAttributes", "NotFound", "not-found", false)]
    [InlineData("sns:SetTopicAttributes", "InvalidParameter", "failed", false)]
    public void Errors_of_AWS_end_in_their_reason(string operation, string code, string reason, bool isPassing)
    {
        var fault = Fault.Of(FakeAws.Error(operation, code, 400))!;

        Assert.Equal((reason, isPassing), (fault.Reason.Name(), fault.IsPassing));
    }

    [Fact]
    public void AWS_messages_are_limited_in_length() =>
        Assert.InRange(Fault.Of(new AwsException("a:B", "Odd", 400, "", new string('x', 1_000_000)))!.Detail.Length, 1, 2000);
}
