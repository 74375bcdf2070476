namespace Remediator.Aws;

/// <summary>Gets credentials of a role. The only interface to STS.</summary>
public interface ICredentialsSource
{
    /// <exception cref="AwsException">The role may not be assumed, or STS could not be reached.</exception>
    Task<RoleCredentials> AssumeAsync(RoleRequest request, CancellationToken ct);
}

/// <summary>The role, and the session name that CloudTrail shows for its use.</summary>
/// <param name="ExternalId">The external id that the role's trust policy requires, if any.</param>
public sealed record RoleRequest(string RoleArn, string SessionName, string? ExternalId = null);

/// <summary>Credentials with an expiry time.</summary>
public sealed record RoleCredentials(string AccessKey, string SecretKey, string Token, DateTimeOffset Expires);
