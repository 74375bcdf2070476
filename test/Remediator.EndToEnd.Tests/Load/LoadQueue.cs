using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Load;

/// <summary>The template's queue and its dead-letter queue, with shorter times for tests.</summary>
internal sealed class LoadQueue(IAmazonSQS sqs, string url, string deadUrl)
{
    private const int Batch = 10;
    private const int MostWaiting = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Url => url;

    public static async Task<LoadQueue> CreateAsync(IAmazonSQS sqs, LoadSize size)
    {
        var name = $"compliance-{Guid.NewGuid():N}";
        var dead = (await sqs.CreateQueueAsync($"{name}-failed")).QueueUrl;
        var arn = (await sqs.GetQueueAttributesAsync(dead, ["QueueArn"])).QueueARN;
        var queue = await sqs.CreateQueueAsync(new CreateQueueRequest(name)
        {
            Attributes = new()
            {
                ["VisibilityTimeout"] = size.Visibility.TotalSeconds.ToString(CultureInfo.InvariantCulture),
                ["RedrivePolicy"] = Json.Object(
                [
                    KeyValuePair.Create("deadLetterTargetArn", Json.Text(arn)),
                    KeyValuePair.Create("maxReceiveCount", Json.Parse(size.MostReceives.ToString(CultureInfo.InvariantCulture))),
                ]).GetRawText(),
            },
        });
        return new(sqs, queue.QueueUrl, dead);
    }

    /// <summary>
    /// Sends messages only as fast as they are received, because the emulator gets slower with a longer queue; returns their ids.
    /// </summary>
    public async Task<IReadOnlyList<string>> FeedAsync(IEnumerable<string> bodies)
    {
        var ids = new List<string>();
        foreach (var some in bodies.Chunk(Batch))
        {
            while (await LeftAsync() > MostWaiting)
            {
                await Task.Delay(Pause);
            }

            var sent = await sqs.SendMessageBatchAsync(url, [.. some.Select((body, i) => new SendMessageBatchRequestEntry($"m{i}", body))]);
            ids.AddRange(sent.Successful.Select(s => s.MessageId));
        }

        return ids;
    }

    /// <summary>The number of messages that wait or are in flight.</summary>
    public async Task<int> LeftAsync()
    {
        var answer = await sqs.GetQueueAttributesAsync(url, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]);
        return answer.ApproximateNumberOfMessages + answer.ApproximateNumberOfMessagesNotVisible;
    }

    /// <summary>The ids of the messages in the dead-letter queue.</summary>
    public async Task<IReadOnlySet<string>> DeadAsync()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var request = new ReceiveMessageRequest(deadUrl) { MaxNumberOfMessages = Batch, VisibilityTimeout = 600 };
        while ((await sqs.ReceiveMessageAsync(request)).Messages is { Count: > 0 } messages)
        {
            ids.UnionWith(messages.Select(m => m.MessageId));
        }

        return ids;
    }
}
