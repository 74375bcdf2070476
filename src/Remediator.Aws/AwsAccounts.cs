using System.Collections.Concurrent;
using Amazon.Runtime;
using Remediator.Aws.Sdk;

namespace Remediator.Aws;

/// <summary>
/// Gives the client for an account and a region: with the caller's own credentials in its own account, with those of the
/// assumed role in any other. Clients and role credentials are cached. A role is assumed at the first call that needs it
/// (concurrent calls share one request) and again shortly before its credentials expire.
/// </summary>
public sealed class AwsAccounts(AWSCredentials own, AccountAccess access, ICredentialsSource source, AwsClientOptions options)
    : IAwsAccounts, IDisposable
{
    private readonly HttpMessageHandler http = options.HttpHandler ?? SharedHttp.NewHandler();
    private readonly ConcurrentDictionary<(string Account, string Region), Lazy<AwsClient>> clients = new();
    private readonly ConcurrentDictionary<string, AWSCredentials> roles = new(StringComparer.Ordinal);

    /// <summary>The client for an account and a region. This makes no call.</summary>
    public IAws For(string account, string region) =>
        clients.GetOrAdd((account, region), key => new Lazy<AwsClient>(() => NewClient(key.Account, key.Region))).Value;

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Value.Dispose();
        }

        if (options.HttpHandler is null)
        {
            http.Dispose();
        }
    }

    /// <summary>The credentials that sign calls in an account, for the official SDK packages that are used beside this client.</summary>
    public AWSCredentials CredentialsFor(string account, string region) => account == access.OwnAccount ? own : RoleIn(account, region);

    private AwsClient NewClient(string account, string region) =>
        new(CredentialsFor(account, region), region, options with { HttpHandler = http });

    private AWSCredentials RoleIn(string account, string region)
    {
        var role = access.RoleIn(account, region);
        return roles.GetOrAdd(role.RoleArn, _ => new AssumedRole(role, source, options.Clock));
    }
}
