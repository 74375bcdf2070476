using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.DynamoDBv2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Remediator.Record;

/// <summary>
/// The SDK's client without the handler that writes out the stack of every error for a tracer: nobody traces, and to the journal a refused
/// transaction is an everyday answer. It was an eighth of what an event that is told again costs.
/// </summary>
/// <remarks>
/// The SDK's handlers are generic in the type of the response, and the native build looks up each of their methods for each type when it is
/// first called, a dozen for each type. What an event calls goes through them as the base type, as the answers of all other services do.
/// </remarks>
internal sealed class JournalClient(AWSCredentials credentials, AmazonDynamoDBConfig config) : AmazonDynamoDBClient(credentials, config)
{
    private static readonly InvokeOptions Getting = Options(GetItemRequestMarshaller.Instance, GetItemResponseUnmarshaller.Instance);
    private static readonly InvokeOptions Writing =
        Options(TransactWriteItemsRequestMarshaller.Instance, TransactWriteItemsResponseUnmarshaller.Instance);

    public override async Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
        (GetItemResponse)await InvokeAsync<AmazonWebServiceResponse>(request, Getting, cancellationToken);

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default) =>
        (TransactWriteItemsResponse)await InvokeAsync<AmazonWebServiceResponse>(request, Writing, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<MetricsHandler>();
    }

    private static InvokeOptions Options(IMarshaller<IRequest, AmazonWebServiceRequest> writer, ResponseUnmarshaller reader) =>
        new() { RequestMarshaller = writer, ResponseUnmarshaller = reader };
}
