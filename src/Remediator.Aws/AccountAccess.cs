namespace Remediator.Aws;

/// <summary>How accounts are entered.</summary>
/// <param name="OwnAccount">The account whose credentials are at hand; no role is assumed there.</param>
/// <param name="RoleName">The role of that name is assumed in every other account.</param>
/// <param name="SessionName">Under this name the use of the role shows up in CloudTrail.</param>
/// <param name="ExternalId">What the role's trust policy asks for, if it does.</param>
public sealed record AccountAccess(string OwnAccount, string RoleName, string SessionName, string? ExternalId = null)
{
    /// <summary>The role in an account, in the partition that the region belongs to.</summary>
    public RoleRequest RoleIn(string account, string region)
    {
        var partition = Amazon.RegionEndpoint.GetBySystemName(region).PartitionName;
        return new RoleRequest($"arn:{partition}:iam::{account}:role/{RoleName}", SessionName, ExternalId);
    }
}
