using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>
/// The SDK's client for one service. The SDK does credentials, signing, retries, clock correction and HTTP; the handlers that a
/// service package would add are added to its pipeline here.
/// </summary>
internal sealed class ServiceClient(AWSCredentials credentials, ServiceConfig config) : AmazonServiceClient(credentials, config)
{
    // The pipeline's own handler reads responses; the SDK only requires that an unmarshaller exists.
    private static readonly InvokeOptions Invocation = new() { RequestMarshaller = new CallMarshaller() };

    // Every handler has a generic method for the type of the response, which the native build looks up at run time: with the base type,
    // which the journal's client asks for too, it does so once in a process.
    public async Task<JsonElement> CallAsync(ServiceCall call, CancellationToken ct) =>
        ((ServiceOutput)await InvokeAsync<AmazonWebServiceResponse>(call, Invocation, ct)).Value;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        var settings = (ServiceConfig)Config;
        pipeline.RemoveHandler<Amazon.Runtime.Internal.EndpointResolver>();

        // The SDK formats each error's stack trace for tracing even if tracing is off; "not set" is an error too, and most events meet one.
        pipeline.RemoveHandler<MetricsHandler>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler(settings));
        pipeline.AddHandlerAfter<Marshaller>(new AuthHandler());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new CountingRetryPolicy(settings)));
        pipeline.ReplaceHandler<Unmarshaller>(new ResponseHandler(settings.Options));
    }
}
