namespace Remediator.Aws;

/// <summary>Gets credentials of a role. The only interface to STS.</summary>
public interface ICredentialsSource
{
    /// <exception cref="AwsException">The role may not be assumed, or STS could not be reached.</exception>
    Task<RoleCredentials> AssumeAsync(RoleRequest request, CancellationToken ct);
}

/// <summary>The role that is wanted, and for which session.</summary>
/// <param name="ExternalId">What the role's trust policy asks for, if it does.</param>
public sealed record RoleRequest(string RoleArn, RoleSession Session, string? ExternalId = null);

/// <summary>Credentials with an expiry time.</summary>
public sealed record RoleCredentials(string AccessKey, string SecretKey, string Token, DateTimeOffset Expires);
