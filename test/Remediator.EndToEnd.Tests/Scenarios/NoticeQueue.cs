using System.Text.Json;
using Amazon.SQS;
using Remediator.Aws;
using Remediator.Values;

namespace Remediator.EndToEnd.Tests.Scenarios;

/// <summary>A topic, and a queue that subscribes to it, as an incident manager's would.</summary>
internal sealed class NoticeQueue
{
    private readonly IAmazonSQS _sqs;
    private readonly string _url;
    private readonly List<JsonElement> _received = [];

    private NoticeQueue(IAmazonSQS sqs, string url, string topic) => (_sqs, _url, Topic) = (sqs, url, topic);

    public string Topic { get; }

    public static async Task<NoticeQueue> CreateAsync(IAws aws, IAmazonSQS sqs, string name, CancellationToken ct)
    {
        var topic = (await aws.CallAsync("sns:CreateTopic", Json.Object([KeyValuePair.Create("Name", Json.Text(name))]), ct))
            .TextOf("TopicArn")!;
        var url = (await sqs.CreateQueueAsync(name, ct)).QueueUrl;
        await aws.CallAsync("sns:Subscribe", Json.Object(
        [
            KeyValuePair.Create("TopicArn", Json.Text(topic)),
            KeyValuePair.Create("Protocol", Json.Text("sqs")),
            KeyValuePair.Create("Endpoint", Json.Text(topic.Replace(":sns:", ":sqs:", StringComparison.Ordinal))),
        ]), ct);
        return new(sqs, url, topic);
    }

    /// <summary>All notices so far, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReceiveAsync(CancellationToken ct)
    {
        while (true)
        {
            var answer = await _sqs.ReceiveMessageAsync(
                new Amazon.SQS.Model.ReceiveMessageRequest(_url) { MaxNumberOfMessages = 10, VisibilityTimeout = 600 }, ct);
            if (answer.Messages is not { Count: > 0 } messages)
            {
                return [.. _received];
            }

            _received.AddRange(messages.Select(m => Json.Parse(Json.Parse(m.Body).TextOf("Message")!)));
        }
    }
}
