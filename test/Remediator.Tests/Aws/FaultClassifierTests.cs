using Remediator.Aws;

namespace Remediator.Tests.Aws;

public sealed class FaultClassifierTests
{
    [Theory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("Throttling", 400)]
    [InlineData("ThrottledException", 400)]
    [InlineData("TooManyRequestsException", 400)]
    [InlineData("RequestLimitExceeded", 503)]
    [InlineData("SlowDown", 503)]
    [InlineData("PriorRequestNotComplete", 400)]
    [InlineData("ProvisionedThroughputExceededException", 400)]
    [InlineData("ThrottlingException.SomethingNew", 400)]
    [InlineData("Whatever", 429)]
    public void Too_many_calls_are_throttling(string code, int status) => Assert.Equal(AwsFault.Throttling, Classify(code, status));

    [Theory]
    [InlineData("Whatever", 500)]
    [InlineData("502", 502)]
    [InlineData("503", 503)]
    [InlineData("504", 504)]
    [InlineData("ValidationException", 500)]
    [InlineData("RequestTimeout", 400)]
    [InlineData("InternalError", 400)]
    [InlineData("NoAnswer", 0)]
    public void Temporary_errors_are_transient(string code, int status) => Assert.Equal(AwsFault.Transient, Classify(code, status));

    [Theory]
    [InlineData("ValidationException", 400)]
    [InlineData("NotImplemented", 501)]
    [InlineData("SignatureDoesNotMatch", 403)]
    [InlineData("Unheard.Of", 400)]
    [InlineData("", 400)]
    [InlineData("two words", 400)]
    public void Errors_that_will_recur_are_permanent(string code, int status) => Assert.Equal(AwsFault.Permanent, Classify(code, status));

    [Theory]
    [InlineData("AccessDenied", 403)]
    [InlineData("accessdenied", 403)]
    [InlineData("403", 403)]
    public void What_is_not_permitted_is_denied(string code, int status) => Assert.Equal(AwsFault.Denied, Classify(code, status));

    [Fact]
    public void Rejected_signature_is_clock_skew_only_if_the_clocks_differ()
    {
        Assert.Equal(AwsFault.ClockSkew, Classify("SignatureDoesNotMatch", 403, clockDiffers: true));
        Assert.Equal(AwsFault.ClockSkew, Classify("RequestTimeTooSkewed", 403));
        Assert.Equal(AwsFault.Denied, Classify("AccessDenied", 403, clockDiffers: true));
    }

    /// <remarks>
    /// The first is from CloudFormation, the second from Elastic Beanstalk: both report a state with the code for invalid input.
    /// </remarks>
    [Theory]
    [InlineData(
        "ValidationError",
        "Stack:arn:aws:cloudformation:us-east-1:1:stack/a/b is in UPDATE_IN_PROGRESS state and can not be updated.",
        AwsFault.Busy
    )]
    [InlineData("InvalidParameterValue", "Environment named web is in an invalid state for this operation. Must be Ready.", AwsFault.Busy)]
    [InlineData("ValidationException", "1 validation error detected: Value '' at 'name' failed to satisfy constraint", AwsFault.Permanent)]
    [InlineData("AccessDenied", "User is not authorized; a change is in progress", AwsFault.Denied)]
    public void Temporary_state_is_recognised_by_the_message_too(string code, string message, AwsFault expected) =>
        Assert.Equal(expected, new AwsException("cloudformation:UpdateTerminationProtection", code, 400, "", message).Fault);

    [Fact]
    public void The_narrowest_line_counts()
    {
        Assert.Equal(AwsFault.Throttling, Of("config:StartConfigRulesEvaluation", "LimitExceededException"));
        Assert.Equal(AwsFault.Busy, Of("dynamodb:UpdateTable", "LimitExceededException"));
        Assert.Equal(AwsFault.Permanent, Of("kms:TagResource", "LimitExceededException"));
        Assert.Equal(AwsFault.Gone, Of("elbv2:AddTags", "TargetGroupNotFound"));
        Assert.Equal(AwsFault.Permanent, Of("elbv2:ModifyListener", "TargetGroupNotFound"));
        Assert.Equal(AwsFault.Gone, Of("ec2:ModifyVpcAttribute", "InvalidVpcID.NotFound"));
    }

    private static AwsFault Of(string operation, string code) => FaultClassifier.Classify(new(operation, code, 400));

    private static AwsFault Classify(string code, int status, bool clockDiffers = false) =>
        FaultClassifier.Classify(new("sts:GetCallerIdentity", code, status) { ClockDiffers = clockDiffers });
}
