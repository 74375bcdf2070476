using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using Remediator.Cli.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo;

/// <summary>Lambda's event source mapping: takes batches from the queue to the function, and deletes what it did not hand back.</summary>
internal sealed class QueuePump(AmazonSQSClient sqs, string queueUrl, FunctionProcess function)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Moves what is in the queue; gives how many messages were handled and how many were handed back.</summary>
    public async Task<(int Handled, int Failed)> RunAsync(CancellationToken ct)
    {
        var (handled, failed) = (0, 0);
        while (await ReceiveAsync(ct) is { Count: > 0 } messages)
        {
            var handedBack = Failures(await function.InvokeAsync(Batch(messages), Timeout, ct));
            foreach (var message in messages.Where(m => !handedBack.Contains(m.MessageId)))
            {
                await sqs.DeleteMessageAsync(queueUrl, message.ReceiptHandle, ct);
                handled++;
            }

            failed += handedBack.Count;
        }

        return (handled, failed);
    }

    private async Task<List<Message>?> ReceiveAsync(CancellationToken ct) =>
        (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queueUrl) { MaxNumberOfMessages = 10, WaitTimeSeconds = 0 }, ct)).Messages;

    private static byte[] Batch(IEnumerable<Message> messages)
    {
        var records = messages.Select(m => (JsonNode)new JsonObject
        {
            ["messageId"] = m.MessageId,
            ["receiptHandle"] = m.ReceiptHandle,
            ["body"] = m.Body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
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
