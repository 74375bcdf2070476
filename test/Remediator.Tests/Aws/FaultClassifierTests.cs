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
    public void Too_many_calls_are_throttling(string code, int status) =>
        Assert.Equal(AwsFault.Throttling, FaultClassifier.Classify(code, status));

    [Theory]
    [InlineData("Whatever", 500)]
    [InlineData("502", 502)]
    [InlineData("503", 503)]
    [InlineData("504", 504)]
    [InlineData("RequestTimeout", 400)]
    [InlineData("InternalError", 400)]
    public void What_passes_is_transient(string code, int status) =>
        Assert.Equal(AwsFault.Transient, FaultClassifier.Classify(code, status));

    [Theory]
    [InlineData("AccessDenied", 403)]
    [InlineData("NoSuchBucket", 404)]
    [InlineData("ValidationException", 400)]
    [InlineData("NotImplemented", 501)]
    [InlineData("SignatureDoesNotMatch", 403)]
    public void What_will_fail_again_is_permanent(string code, int status) =>
        Assert.Equal(AwsFault.Permanent, FaultClassifier.Classify(code, status));

    [Fact]
    public void A_bad_signature_is_the_clocks_fault_only_where_the_clocks_differ()
    {
        Assert.Equal(AwsFault.ClockSkew, FaultClassifier.Classify("SignatureDoesNotMatch", 403, clockDiffers: true));
        Assert.Equal(AwsFault.ClockSkew, FaultClassifier.Classify("RequestTimeTooSkewed", 403));
        Assert.Equal(AwsFault.Permanent, FaultClassifier.Classify("AccessDenied", 403, clockDiffers: true));
    }
}
