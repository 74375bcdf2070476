using System.Collections.Concurrent;
using Amazon.Runtime;
using Remediator.Aws.Sdk;

namespace Remediator.Aws;

/// <summary>
/// Gives the client for an account and a region: with the own credentials in the own account, with those of the assumed
/// role in any other. Clients and role credentials are kept; a role is assumed when a call first needs it, once for all
/// calls that wait for it, and again shortly before its credentials end.
/// </summary>
public sealed class AwsAccounts(AWSCredentials own, AccountAccess access, ICredentialsSource source, AwsClientOptions options)
    : IAwsAccounts, IDisposable
{
    private readonly HttpMessageHandler http = options.HttpHandler ?? SharedHttp.NewHandler();
    private readonly ConcurrentDictionary<(string Account, string Region), Lazy<AwsClient>> clients = new();
    private readonly ConcurrentDictionary<string, AWSCredentials> roles = new(StringComparer.Ordinal);

    /// <summary>The client for an account and a region. Nothing is called yet.</summary>
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

    /// <summary>What calls in an account are signed with, for the official packages that stand beside this client.</summary>
    public AWSCredentials CredentialsFor(string account, string region) => account == access.OwnAccount ? own : RoleIn(account, region);

    private AwsClient NewClient(string account, string region) =>
        new(CredentialsFor(account, region), region, options with { HttpHandler = http });

    private AWSCredentials RoleIn(string account, string region)
    {
        var role = access.RoleIn(account, region);
        return roles.GetOrAdd(role.RoleArn, _ => new AssumedRole(role, source, options.Clock));
    }
}
