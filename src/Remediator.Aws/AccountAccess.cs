using Remediator.Aws.Endpoints;

namespace Remediator.Aws;

/// <summary>How credentials for other accounts are obtained.</summary>
/// <param name="OwnAccount">The account whose credentials are at hand; no role is assumed there.</param>
/// <param name="RoleName">The role of that name is assumed in every other account.</param>
/// <param name="SessionName">Under this name the use of the role shows up in CloudTrail.</param>
/// <param name="ExternalId">What the role's trust policy asks for, if it does.</param>
public sealed record AccountAccess(string OwnAccount, string RoleName, string SessionName, string? ExternalId = null)
{
    /// <summary>The error code of a call in another account while no role is named: nothing was called.</summary>
    public const string NoRole = "NoMemberRole";

    /// <summary>The role in an account, in the partition that the region belongs to.</summary>
    /// <exception cref="AwsException">No role is named.</exception>
    public RoleRequest RoleIn(string account, string region)
    {
        if (RoleName.Length == 0)
        {
            throw new AwsException(
                "sts:AssumeRole",
                NoRole,
                0,
                "",
                $"Account {account} is not this one ({OwnAccount}), and no role to assume there is named: set REMEDIATOR_MEMBER_ROLE, "
                + "in a deployment the stack's parameter MemberRoleName."
            );
        }

        return new RoleRequest($"arn:{AwsPartition.Of(region).Name}:iam::{account}:role/{RoleName}", SessionName, ExternalId);
    }
}
