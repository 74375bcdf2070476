using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Remediator.Aws;
using Remediator.Emulator;
using Remediator.Values;

namespace Remediator.Cli.Demo;

/// <summary>A queue subscribed to the topic of the machines, as a pager's would be.</summary>
internal sealed class PagerQueue(AmazonSQSClient sqs, string url)
{
    public static async Task<PagerQueue> SubscribeAsync(DemoWorld world, CancellationToken ct)
    {
        var url = (await world.Sqs.CreateQueueAsync("pager", ct)).QueueUrl;
        await world.Aws.SendAsync("sns:Subscribe", new JsonObject
        {
            ["TopicArn"] = world.Deployment.Resources["EventsTopic"],
            ["Protocol"] = "sqs",
            ["Endpoint"] = $"arn:aws:sqs:{TemplateDeployer.Region}:{TemplateDeployer.Account}:pager",
        }, ct);
        return new(world.Sqs, $"{world.Emulator.Url.AbsoluteUri}{TemplateDeployer.Account}/pager") { Created = url };
    }

    /// <summary>The address as the emulator gave it.</summary>
    public string Created { get; private init; } = "";

    public async Task<IReadOnlyList<JsonElement>> ReceiveAsync(CancellationToken ct)
    {
        var answer = await sqs.ReceiveMessageAsync(new Amazon.SQS.Model.ReceiveMessageRequest(url) { MaxNumberOfMessages = 10 }, ct);
        return [.. (answer.Messages ?? []).Select(m => Json.Parse(Json.Parse(m.Body).TextOf("Message")!))];
    }
}
