using Remediator.Aws;

namespace Remediator.Cli.GameDay;

/// <summary>While it denies, sessions for changes are entered with a session policy that lets them read alone.</summary>
internal sealed class DeniedSessions(IAwsAccounts accounts) : IAwsAccounts
{
    private const string ReadsOnly =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetBucketVersioning"],"Resource":["*"]}]}""";

    public bool Denies { get; set; }

    public IAws For(string account, string region) => accounts.For(account, region);

    public AccountCredentials CredentialsIn(string account) => accounts.CredentialsIn(account);

    public IAws For(string account, string region, RoleSession session) => accounts.For(account, region, Limited(session));

    public Task<IAws> EnterAsync(string account, string region, RoleSession session, CancellationToken ct) =>
        accounts.EnterAsync(account, region, Limited(session), ct);

    private RoleSession Limited(RoleSession session) => Denies ? session with { Policy = ReadsOnly } : session;
}
