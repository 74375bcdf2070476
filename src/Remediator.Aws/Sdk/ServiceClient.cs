using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>
/// The SDK's client for one service. Credentials, signing, retries, clock correction and HTTP are the SDK's;
/// what a service package would add is put into its pipeline here.
/// </summary>
internal sealed class ServiceClient(AWSCredentials credentials, ServiceConfig config) : AmazonServiceClient(credentials, config)
{
    // Responses are read by the pipeline's own handler; the SDK only wants to see that somebody reads them.
    private static readonly InvokeOptions Invocation = new() { RequestMarshaller = new CallMarshaller() };

    public async Task<JsonElement> CallAsync(ServiceCall call, CancellationToken ct) =>
        (await InvokeAsync<ServiceOutput>(call, Invocation, ct)).Value;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        var settings = (ServiceConfig)Config;
        pipeline.RemoveHandler<Amazon.Runtime.Internal.EndpointResolver>();

        // It writes out the stack of every error for a tracer, though nobody traces; "not set" is an error too, and most events meet one.
        pipeline.RemoveHandler<MetricsHandler>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler(settings));
        pipeline.AddHandlerAfter<Marshaller>(new AuthHandler());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new CountingRetryPolicy(settings)));
        pipeline.ReplaceHandler<Unmarshaller>(new ResponseHandler(settings.Options));
    }
}
