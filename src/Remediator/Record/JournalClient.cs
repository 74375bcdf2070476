using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Remediator.Record;

/// <summary>
/// The SDK's client without the handler that writes out the stack of every error for a tracer: nobody traces, and to the journal a refused
/// transaction is an everyday answer. It was an eighth of what an event that is told again costs.
/// </summary>
internal sealed class JournalClient(AWSCredentials credentials, AmazonDynamoDBConfig config) : AmazonDynamoDBClient(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<MetricsHandler>();
    }
}
