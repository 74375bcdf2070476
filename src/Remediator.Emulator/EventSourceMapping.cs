using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using Remediator.Values;

namespace Remediator.Emulator;

/// <summary>
/// Lambda's event source mapping, for one function process: passes batches from a queue to the function and deletes the messages that
/// it did not report as failed. The queue delivers those again once they are visible, and finally moves them to the dead-letter queue.
/// </summary>
internal sealed class EventSourceMapping(IAmazonSQS sqs, string queueUrl, FunctionProcess process)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    /// <summary>Delivers the messages in the queue until none is found.</summary>
    /// <exception cref="EmulatorException">The function failed as a whole.</exception>
    public async Task<IReadOnlyList<Delivery>> RunAsync(CancellationToken ct)
    {
        var deliveries = new List<Delivery>();
        while (await ReceiveAsync(ct) is { Count: > 0 } messages)
        {
            var handedBack = Failures(await process.InvokeAsync(Batch(messages), Timeout, ct));
            await DeleteAsync([.. messages.Where(m => !handedBack.Contains(m.MessageId))], ct);
            deliveries.AddRange(messages.Select(m => new Delivery(m.MessageId, handedBack.Contains(m.MessageId))));
        }

        return deliveries;
    }

    private async Task<List<Message>?> ReceiveAsync(CancellationToken ct) =>
        (
            await sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest(queueUrl)
                {
                    MaxNumberOfMessages = 10,
                    WaitTimeSeconds = 0,
                    MessageSystemAttributeNames = ["ApproximateReceiveCount"],
                },
                ct)
        ).Messages;

    // If deleting a message fails, it is delivered once more, as on AWS.
    private Task DeleteAsync(IReadOnlyList<Message> messages, CancellationToken ct) => messages is []
        ? Task.CompletedTask
        : sqs.DeleteMessageBatchAsync(
            queueUrl, [.. messages.Select((m, i) => new DeleteMessageBatchRequestEntry($"m{i}", m.ReceiptHandle))], ct);

    private static byte[] Batch(IEnumerable<Message> messages)
    {
        var records = messages.Select(m => (JsonNode)new JsonObject
        {
            ["messageId"] = m.MessageId,
            ["receiptHandle"] = m.ReceiptHandle,
            ["body"] = m.Body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = m.Attributes["ApproximateReceiveCount"] },
            ["messageAttributes"] = new JsonObject(),
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = $"arn:aws:sqs:{TemplateDeployer.Region}:{TemplateDeployer.Account}:compliance",
            ["awsRegion"] = TemplateDeployer.Region,
        });
        return Encoding.UTF8.GetBytes(new JsonObject { ["Records"] = new JsonArray([.. records]) }.ToJsonString());
    }

    private static HashSet<string> Failures(FunctionAnswer answer)
    {
        if (answer.IsError)
        {
            throw new EmulatorException($"The function failed as a whole: {Encoding.UTF8.GetString(answer.Payload)}");
        }

        using var document = JsonDocument.Parse(answer.Payload);
        return [.. document.RootElement.GetProperty("batchItemFailures").EnumerateArray().Select(f => f.TextOf("itemIdentifier")!)];
    }
}

/// <summary>A message that was passed to the function, and whether it stays in the queue.</summary>
internal sealed record Delivery(string MessageId, bool IsHandedBack);
