using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Endpoints;
using Amazon.DynamoDBv2.Internal;
using Amazon.DynamoDBv2.Model;
using Amazon.DynamoDBv2.Model.Internal.MarshallTransformations;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Remediator.Aws;
using Remediator.Aws.Sdk;

namespace Remediator.Record;

/// <summary>The SDK's client, with <see cref="DirectHandler"/> for its pipeline.</summary>
/// <remarks>
/// What an event calls goes through the pipeline as the base type of all answers, as the calls of all other services do: the native build
/// looks up a handler's generic method for each type when it is first called.
/// </remarks>
internal sealed class JournalClient(AWSCredentials credentials, string region, AwsClientOptions options)
    : AmazonDynamoDBClient(credentials, new Settings(region, options))
{
    private const string Service = "dynamodb";

    private static readonly InvokeOptions Getting = Options(GetItemRequestMarshaller.Instance, GetItemResponseUnmarshaller.Instance);
    private static readonly InvokeOptions Writing =
        Options(TransactWriteItemsRequestMarshaller.Instance, TransactWriteItemsResponseUnmarshaller.Instance);

    public override async Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default) =>
        (GetItemResponse)await InvokeAsync<AmazonWebServiceResponse>(request, Getting, cancellationToken);

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default) =>
        (TransactWriteItemsResponse)await InvokeAsync<AmazonWebServiceResponse>(request, Writing, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => pipeline.AddHandler(((Settings)Config).NewHandler());

    private static InvokeOptions Options(IMarshaller<IRequest, AmazonWebServiceRequest> writer, ResponseUnmarshaller reader) =>
        new() { RequestMarshaller = writer, ResponseUnmarshaller = reader };

    private sealed class Settings : AmazonDynamoDBConfig
    {
        private readonly string region;
        private readonly AwsClientOptions options;

        public Settings(string region, AwsClientOptions options)
        {
            (this.region, this.options) = (region, options);
            RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            SdkDefaults.Set(this, options);
            UseFIPSEndpoint = options.Endpoints.UseFips;
            UseDualstackEndpoint = options.Endpoints.UseDualStack;
        }

        public DirectHandler NewHandler() => DirectHandler.Of(this, Endpoint(), region, options);

        private Uri Endpoint() => options.Endpoints.Of(Service) ?? new(new AmazonDynamoDBEndpointProvider().ResolveEndpoint(
            new DynamoDBEndpointParameters { Region = region, UseFIPS = UseFIPSEndpoint, UseDualStack = UseDualstackEndpoint }).URL);
    }
}
