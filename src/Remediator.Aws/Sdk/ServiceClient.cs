using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>
/// The SDK's client for one service, with <see cref="DirectHandler"/> for its pipeline. Each call brings its credentials.
/// </summary>
internal sealed class ServiceClient(ServiceConfig config) : AmazonServiceClient(new AnonymousAWSCredentials(), config)
{
    // The handler reads responses; the SDK only requires that an unmarshaller exists.
    private static readonly InvokeOptions Invocation = new() { RequestMarshaller = new CallMarshaller() };

    /// <summary>The output, or the service's error; what else goes wrong is thrown.</summary>
    public async Task<ServiceOutput> CallAsync(ServiceCall call, CancellationToken ct) =>
        (ServiceOutput)await InvokeAsync<AmazonWebServiceResponse>(call, Invocation, ct);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        var settings = (ServiceConfig)Config;
        pipeline.AddHandler(
            new DirectHandler(new CountingRetryPolicy(settings), new ModelFormat(settings), settings.Http, settings.Options.Clock));
    }
}
