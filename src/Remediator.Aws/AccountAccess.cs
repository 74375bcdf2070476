using Remediator.Aws.Endpoints;

namespace Remediator.Aws;

/// <summary>How credentials for accounts are obtained.</summary>
/// <param name="OwnAccount">The account whose credentials are at hand.</param>
/// <param name="RoleName">The role of that name is assumed in every other account.</param>
/// <param name="Session">The session in which calls are made that ask for none of their own.</param>
/// <param name="ExternalId">What the trust policy of the role in other accounts asks for, if it does.</param>
public sealed record AccountAccess(string OwnAccount, string RoleName, RoleSession Session, string? ExternalId = null)
{
    /// <summary>The error code of a call in another account while no role is configured: nothing was called.</summary>
    public const string NoRole = "NoMemberRole";

    /// <summary>The ARN of the role that is assumed in the own account; null to use the credentials at hand.</summary>
    public string? OwnRole { get; init; }

    /// <summary>Whether sessions are limited by their policies.</summary>
    public bool LimitsSessions { get; init; } = true;

    /// <summary>Whose credentials calls in an account are made with.</summary>
    public AccountCredentials CredentialsIn(string account) =>
        account == OwnAccount && OwnRole is null ? AccountCredentials.Own
        : LimitsSessions ? AccountCredentials.LimitedRole
        : AccountCredentials.Role;

    /// <summary>The role in an account, in the partition that the region belongs to.</summary>
    /// <exception cref="AwsException">No role is named.</exception>
    public RoleRequest RoleIn(string account, string region, RoleSession session)
    {
        var limited = LimitsSessions ? session : session with { Policy = null };
        if (account == OwnAccount && OwnRole is { } own)
        {
            return new RoleRequest(own, limited);
        }

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

        return new RoleRequest($"arn:{AwsPartition.Of(region).Name}:iam::{account}:role/{RoleName}", limited, ExternalId);
    }
}
