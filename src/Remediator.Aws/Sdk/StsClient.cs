using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Amazon.SecurityToken.Model.Internal.MarshallTransformations;

namespace Remediator.Aws.Sdk;

/// <summary>
/// The SDK's client, whose answer goes through the SDK's handlers as the base type: see <see cref="ServiceClient.CallAsync"/>. It writes
/// out no stack of an error for a tracer.
/// </summary>
internal sealed class StsClient(AWSCredentials credentials, AmazonSecurityTokenServiceConfig config)
    : AmazonSecurityTokenServiceClient(credentials, config)
{
    private static readonly InvokeOptions Assuming = new()
    {
        RequestMarshaller = AssumeRoleRequestMarshaller.Instance,
        ResponseUnmarshaller = AssumeRoleResponseUnmarshaller.Instance,
    };

    public override async Task<AssumeRoleResponse> AssumeRoleAsync(
        AssumeRoleRequest request, CancellationToken cancellationToken = default) =>
        (AssumeRoleResponse)await InvokeAsync<AmazonWebServiceResponse>(request, Assuming, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<MetricsHandler>();
    }
}
