namespace Remediator.Aws;

/// <summary>Gives a client for any account and region.</summary>
public interface IAwsAccounts
{
    IAws For(string account, string region);

    /// <summary>Whose credentials calls in an account are made with.</summary>
    AccountCredentials CredentialsIn(string account) => AccountCredentials.Own;

    /// <summary>The client with the credentials of a session of the account's role; where there is none, the usual client.</summary>
    IAws For(string account, string region, RoleSession session) => For(account, region);

    /// <summary>The same, once the session is there: what keeps it from being made shows now, and not at the first call.</summary>
    /// <exception cref="AwsException">The role may not be assumed so, or STS could not be reached.</exception>
    Task<IAws> EnterAsync(string account, string region, RoleSession session, CancellationToken ct) =>
        Task.FromResult(For(account, region, session));
}
