using System.Collections.Concurrent;
using Amazon.Runtime;
using Remediator.Aws.Sdk;

namespace Remediator.Aws;

/// <summary>
/// Gives the client for an account and a region: with the credentials at hand, or with those of a session of the account's role. Clients
/// and credentials are kept; a role is assumed when a call first needs it, once for all calls that wait for it, and again shortly before
/// its credentials end.
/// </summary>
public sealed class AwsAccounts(AWSCredentials own, AccountAccess access, ICredentialsSource source, AwsClientOptions options)
    : IAwsAccounts, IDisposable
{
    /// <summary>A change has a session of its own, and is over soon: of so many the oldest is forgotten.</summary>
    public const int MostSessions = 32;

    private readonly ServiceClients services = new(options);
    private readonly ConcurrentDictionary<(string Account, string Region, RoleSession? Session), Lazy<AwsClient>> clients = new();
    private readonly ConcurrentDictionary<RoleRequest, AWSCredentials> roles = new();
    private readonly ConcurrentQueue<RoleRequest> inOrder = new();

    /// <summary>The client for an account and a region. Nothing is called yet.</summary>
    public IAws For(string account, string region) => For(account, region, access.Session);

    public AccountCredentials CredentialsIn(string account) => access.CredentialsIn(account);

    public IAws For(string account, string region, RoleSession session)
    {
        var used = CredentialsIn(account) is AccountCredentials.Own ? null : session;
        return clients.GetOrAdd((account, region, used), key => new Lazy<AwsClient>(() => NewClient(key.Account, key.Region, key.Session)))
            .Value;
    }

    public async Task<IAws> EnterAsync(string account, string region, RoleSession session, CancellationToken ct)
    {
        if (CredentialsIn(account) is not AccountCredentials.Own)
        {
            await RoleIn(account, region, session).GetCredentialsAsync().WaitAsync(ct);
        }

        return For(account, region, session);
    }

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Value.Dispose();
        }

        services.Dispose();
    }

    /// <summary>What calls in an account are signed with, for the official packages that stand beside this client.</summary>
    public AWSCredentials CredentialsFor(string account, string region) => CredentialsFor(account, region, access.Session);

    private AWSCredentials CredentialsFor(string account, string region, RoleSession? session) =>
        session is null || CredentialsIn(account) is AccountCredentials.Own ? own : RoleIn(account, region, session);

    private AwsClient NewClient(string account, string region, RoleSession? session) =>
        AwsClient.Sharing(services, CredentialsFor(account, region, session), region);

    private AWSCredentials RoleIn(string account, string region, RoleSession session)
    {
        var role = access.RoleIn(account, region, session);
        return roles.GetOrAdd(role, Remembered);
    }

    private AssumedRole Remembered(RoleRequest role)
    {
        inOrder.Enqueue(role);
        if (inOrder.Count > MostSessions && inOrder.TryDequeue(out var oldest))
        {
            Forget(oldest);
        }

        return new AssumedRole(role, source, options.Clock);
    }

    /// <summary>Whoever works with a client of it still does: nothing is disposed, and the connections are everybody's.</summary>
    private void Forget(RoleRequest oldest)
    {
        roles.TryRemove(oldest, out _);
        foreach (var key in clients.Keys.Where(k => k.Session is { } session && access.RoleIn(k.Account, k.Region, session) == oldest))
        {
            clients.TryRemove(key, out _);
        }
    }
}
