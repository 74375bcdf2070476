using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.Runtime;
using Remediator.Aws.Customisations;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;
using Remediator.Aws.Sdk;

namespace Remediator.Aws;

/// <summary>
/// Calls AWS as the API models describe it, with given credentials, in one region. Thread-safe; use one client for as long
/// as its credentials are valid.
/// </summary>
public sealed class AwsClient : IAws, IDisposable
{
    private static readonly JsonElement NoInput = JsonElement.Parse("{}");
    private readonly AWSCredentials credentials;
    private readonly string region;
    private readonly AwsClientOptions options;
    private readonly ServiceClients services;
    private readonly bool ownsServices;
    private readonly ConcurrentDictionary<string, string> bucketRegions = new(StringComparer.Ordinal);

    public AwsClient(AWSCredentials credentials, string region, AwsClientOptions options)
        : this(credentials, region, new ServiceClients(options), ownsServices: true)
    {
    }

    private AwsClient(AWSCredentials credentials, string region, ServiceClients services, bool ownsServices)
    {
        this.credentials = credentials;
        this.region = region;
        this.services = services;
        this.ownsServices = ownsServices;
        options = services.Options;
    }

    /// <param name="services">Others call through them too; they are not disposed with this client.</param>
    internal static AwsClient Sharing(ServiceClients services, AWSCredentials credentials, string region) =>
        new(credentials, region, services, ownsServices: false);

    public Task<JsonElement> CallAsync(string operation, JsonElement input, CancellationToken ct)
    {
        var model = Operations.Find(operation, options.Models);
        var given = input.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? NoInput : input;
        var complete = InputCustomisation.Apply(model, given);
        InputCheck.Run(model, complete);
        return CallAsync(model, complete, ct);
    }

    public async IAsyncEnumerable<JsonElement> PagesAsync(
        string operation, JsonElement input, [EnumeratorCancellation] CancellationToken ct)
    {
        var pages = new Paging(Operations.Find(operation, options.Models), input.ValueKind == JsonValueKind.Object ? input : NoInput);
        while (pages.Next is { } next)
        {
            var page = await CallAsync(operation, next, ct);
            pages.Advance(page);
            yield return page;
        }
    }

    public void Dispose()
    {
        if (ownsServices)
        {
            services.Dispose();
        }
    }

    private async Task<JsonElement> CallAsync(OperationModel operation, JsonElement input, CancellationToken ct)
    {
        var client = services.Of(operation.Service, region);
        var bucket = S3Regions.BucketOf(operation, input);
        var home = bucket is not null && bucketRegions.TryGetValue(bucket, out var known) ? known : region;
        var call = new ServiceCall(operation, input, home, credentials, new TokenSource(options.NewToken));
        var output = await TryAsync(client, call, ct);
        if (bucket is not null && output.Fault is ServiceFault fault && S3Regions.RedirectOf(operation, fault, home) is { } other)
        {
            bucketRegions[bucket] = other;
            call = new ServiceCall(operation, input, other, credentials, call.Tokens);
            output = await TryAsync(client, call, ct);
        }

        return output.Fault is null ? output.Value : throw Faults.ToException(call, output.Fault);
    }

    private static async Task<ServiceOutput> TryAsync(ServiceClient client, ServiceCall call, CancellationToken ct)
    {
        try
        {
            return await client.CallAsync(call, ct);
        }
        catch (Exception fault) when (Faults.IsCallFailure(fault, ct))
        {
            return new ServiceOutput { Fault = fault };
        }
    }
}
