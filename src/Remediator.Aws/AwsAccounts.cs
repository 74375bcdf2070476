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
    public const int MostChangeSessions = 32;

    /// <summary>What is read again and again is read in the same sessions: so many are kept.</summary>
    public const int MostSessions = 200;

    private readonly ServiceClients services = new(options);
    private readonly ConcurrentDictionary<(string Account, string Region, RoleSession? Session), Lazy<AwsClient>> clients = new();
    private readonly ConcurrentDictionary<RoleRequest, AWSCredentials> roles = new();
    private readonly ConcurrentQueue<RoleRequest> changes = new();
    private readonly ConcurrentQueue<RoleRequest> others = new();

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
            await RoleIn(account, region, session, changes, MostChangeSessions).GetCredentialsAsync().WaitAsync(ct);
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
        session is null || CredentialsIn(account) is AccountCredentials.Own ? own : RoleIn(account, region, session, others, MostSessions);

    private AwsClient NewClient(string account, string region, RoleSession? session) =>
        AwsClient.Sharing(services, CredentialsFor(account, region, session), region);

    private AWSCredentials RoleIn(string account, string region, RoleSession session, ConcurrentQueue<RoleRequest> inOrder, int most)
    {
        var role = access.RoleIn(account, region, session);
        return roles.TryGetValue(role, out var known) ? known : roles.GetOrAdd(role, role => Remembered(role, inOrder, most));
    }

    private AssumedRole Remembered(RoleRequest role, ConcurrentQueue<RoleRequest> inOrder, int most)
    {
        inOrder.Enqueue(role);
        if (inOrder.Count > most && inOrder.TryDequeue(out var oldest))
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
