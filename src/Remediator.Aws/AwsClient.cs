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
    private readonly SharedHttp http;
    private readonly ConcurrentDictionary<string, ServiceClient> services = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> bucketRegions = new(StringComparer.Ordinal);

    public AwsClient(AWSCredentials credentials, string region, AwsClientOptions options)
    {
        this.credentials = credentials;
        this.region = region;
        this.options = options;
        http = new SharedHttp(options.HttpHandler, options.AttemptTimeout);
    }

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
        foreach (var service in services.Values)
        {
            service.Dispose();
        }

        http.Dispose();
    }

    private async Task<JsonElement> CallAsync(OperationModel operation, JsonElement input, CancellationToken ct)
    {
        var client = services.GetOrAdd(operation.Service.Name, _ => NewClient(operation.Service));
        var bucket = S3Regions.BucketOf(operation, input);
        var home = bucket is not null && bucketRegions.TryGetValue(bucket, out var known) ? known : region;
        var call = new ServiceCall(operation, input, home, new TokenSource(options.NewToken));
        try
        {
            return await client.CallAsync(call, ct);
        }
        catch (ServiceFault fault) when (bucket is not null && S3Regions.RedirectOf(operation, fault, home) is { } other)
        {
            bucketRegions[bucket] = other;
            return await RepeatAsync(client, new ServiceCall(operation, input, other, call.Tokens), ct);
        }
        catch (Exception fault) when (Faults.IsCallFailure(fault, ct))
        {
            throw Faults.ToException(call, fault);
        }
    }

    private static async Task<JsonElement> RepeatAsync(ServiceClient client, ServiceCall call, CancellationToken ct)
    {
        try
        {
            return await client.CallAsync(call, ct);
        }
        catch (Exception fault) when (Faults.IsCallFailure(fault, ct))
        {
            throw Faults.ToException(call, fault);
        }
    }

    private ServiceClient NewClient(ServiceModel service) => new(credentials, new ServiceConfig(service, region, options, http));
}
