using Remediator.Aws;
using Remediator.Incidents;

namespace Remediator.Tests.Incidents;

public sealed class FaultTests
{
    [Theory]
    [InlineData("UnrecognizedClientException")]
    [InlineData("InvalidClientTokenId")]
    [InlineData("OptInRequired")]
    [InlineData("RegionDisabledException")]
    public void A_region_that_is_not_turned_on_is_no_missing_permission(string code)
    {
        var fault = Fault.Of(new AwsException("config:DescribeConfigRules", code, 400, "", "The security token included in the request is invalid."))!;

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
    public void An_account_for_which_no_role_is_named_is_not_entered_and_the_setting_is_said()
    {
        var refused = Assert.Throws<AwsException>(() => new AccountAccess("111111111111", "", "Remediator").RoleIn("222222222222", "eu-west-1"));

        var fault = Fault.Of(refused)!;
        Assert.Equal(Reason.NotConfigured, fault.Reason);
        Assert.Contains("REMEDIATOR_MEMBER_ROLE", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("222222222222", fault.Detail, StringComparison.Ordinal);
    }
}
