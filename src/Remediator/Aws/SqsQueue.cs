using Amazon.SQS;
using Amazon.SQS.Model;

namespace Remediator.Aws;

/// <summary>The queue on SQS. Its client is made when something is first sent: no event needs it.</summary>
internal sealed class SqsQueue(Lazy<IAmazonSQS> sqs, string url) : IQueue
{
    private const string Waiting = "ApproximateNumberOfMessages";

    public async Task<int> WaitingAsync(CancellationToken ct)
    {
        var request = new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = [Waiting] };
        var answer = await sqs.Value.GetQueueAttributesAsync(request, ct);
        return answer.ApproximateNumberOfMessages;
    }

    public async Task SendAsync(IReadOnlyList<string> bodies, CancellationToken ct)
    {
        foreach (var some in bodies.Chunk(10))
        {
            var entries = some.Select((body, i) => new SendMessageBatchRequestEntry($"m{i}", body)).ToList();
            var answer = await sqs.Value.SendMessageBatchAsync(new SendMessageBatchRequest(url, entries), ct);
            if (answer.Failed is [var failed, ..])
            {
                throw new AmazonSQSException($"{answer.Failed.Count} of {entries.Count} messages were refused: {failed.Code}");
            }
        }
    }
}
