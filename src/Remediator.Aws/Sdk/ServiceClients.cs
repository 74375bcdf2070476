using System.Collections.Concurrent;
using Remediator.Aws.Models;

namespace Remediator.Aws.Sdk;

/// <summary>
/// One client for each service and region, whoever calls: a change has credentials of its own, but needs no connections, endpoints
/// and handlers of its own.
/// </summary>
internal sealed class ServiceClients(AwsClientOptions options) : IDisposable
{
    private readonly SharedHttp http = new(options.HttpHandler, options.AttemptTimeout);
    private readonly ConcurrentDictionary<(string Service, string Region), ServiceClient> clients = new();

    public AwsClientOptions Options => options;

    public ServiceClient Of(ServiceModel service, string region) =>
        clients.TryGetValue((service.Name, region), out var known)
            ? known
            : clients.GetOrAdd((service.Name, region), new ServiceClient(new ServiceConfig(service, region, options, http)));

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }

        http.Dispose();
    }
}
