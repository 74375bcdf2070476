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
        return await SubscribeAsync(aws, sqs, topic, name, [], ct);
    }

    /// <summary>Another subscriber, who gets only what a filter by message attributes lets in.</summary>
    public Task<NoticeQueue> FilteredAsync(IAws aws, string name, string filter, CancellationToken ct) => SubscribeAsync(
        aws, _sqs, Topic, name, [new("Attributes", Json.Object([new("FilterPolicy", Json.Text(filter))]))], ct);

    private static async Task<NoticeQueue> SubscribeAsync(
        IAws aws, IAmazonSQS sqs, string topic, string name, IEnumerable<KeyValuePair<string, JsonElement>> options, CancellationToken ct)
    {
        var url = (await sqs.CreateQueueAsync(name, ct)).QueueUrl;
        await aws.CallAsync("sns:Subscribe", Json.Object(
        [
            new("TopicArn", Json.Text(topic)),
            new("Protocol", Json.Text("sqs")),
            new("Endpoint", Json.Text($"{topic[..topic.LastIndexOf(':')].Replace(":sns:", ":sqs:", StringComparison.Ordinal)}:{name}")),
            .. options,
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
