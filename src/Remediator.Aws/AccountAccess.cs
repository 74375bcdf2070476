using Remediator.Aws.Endpoints;

namespace Remediator.Aws;

/// <summary>How credentials for other accounts are obtained.</summary>
/// <param name="OwnAccount">The account of the caller's own credentials; no role is assumed there.</param>
/// <param name="RoleName">The name of the role to assume in every other account.</param>
/// <param name="SessionName">The session name that CloudTrail shows for the role.</param>
/// <param name="ExternalId">The external id that the role's trust policy requires, if any.</param>
public sealed record AccountAccess(string OwnAccount, string RoleName, string SessionName, string? ExternalId = null)
{
    /// <summary>The error code of a call in another account while no role is configured: nothing was called.</summary>
    public const string NoRole = "NoMemberRole";

    /// <summary>The role's ARN in an account, in the partition of the region.</summary>
    /// <exception cref="AwsException">No role is configured.</exception>
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
