using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Testing.Fakes;

namespace Remediator.Tests.Incidents;

public sealed class FaultTests
{
    [Fact]
    public void Refusal_names_the_action_that_is_missing_also_where_it_is_called_otherwise()
    {
        var fault = Fault.Of(FakeAws.Error("s3:PutPublicAccessBlock", "AccessDenied", 403))!;

        Assert.Equal((Reason.NotPermitted, false), (fault.Reason, fault.IsPassing));
        Assert.EndsWith("It needs s3:PutBucketPublicAccessBlock.", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_by_a_key_names_no_action_of_the_operation() =>
        Assert.DoesNotContain("It needs", Fault.Of(FakeAws.Error("kinesis:StartStreamEncryption", "KMSAccessDeniedException", 400))!.Detail, StringComparison.Ordinal);

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
    public void Words_of_AWS_are_bounded() =>
        Assert.InRange(Fault.Of(new AwsException("a:B", "Odd", 400, "", new string('x', 1_000_000)))!.Detail.Length, 1, 2000);
}
