using Remediator.Incidents;

namespace Remediator.Tests.Incidents;

/// <summary>Who else says what a resource is to be, as people read it.</summary>
public sealed class ResourceOwnerTests
{
    [Theory]
    [InlineData("stack", "shop", "Bucket", "CloudFormation stack shop owns it, as Bucket: its next deployment may undo the change.",
        "OwnedByStack")]
    [InlineData("stack", "shop", null, "CloudFormation stack shop owns it: its next deployment may undo the change.", "OwnedByStack")]
    [InlineData("terraform", "managed-by", null, "Terraform owns it (tag managed-by): the next apply may undo the change.",
        "OwnedByTerraform")]
    [InlineData("autoscaler", "Auto Scaling group web", null, "Auto Scaling group web owns it, and may replace it.", "OwnedByAutoscaler")]
    public void Owner_is_told_with_what_it_means_for_a_change(string kind, string name, string? id, string says, string reason)
    {
        var owner = new ResourceOwner(kind, name) { LogicalId = id };

        Assert.Equal((says, reason), (owner.Says, $"{owner.Reason}"));
    }
}
