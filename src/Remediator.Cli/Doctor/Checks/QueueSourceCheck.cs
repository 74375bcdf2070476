using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>Lambda takes what is in the queue to the function.</summary>
internal sealed class QueueSourceCheck : ICheck
{
    public string Name => "queue-source";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("ComplianceQueue", async ct =>
        {
            var queue = on.QueueArn(on.Stack.Physical("ComplianceQueue"));
            var answer = await on.Own.CallAsync("lambda:ListEventSourceMappings", Answers.Input(("EventSourceArn", queue)), ct);
            var mappings = answer.Each("EventSourceMappings").ToArray();
            var enabled = mappings.FirstOrDefault(m => m.TextOf("State") is "Enabled");
            return enabled.IsObject()
                ? Found.Ok($"Lambda polls the queue for {enabled.TextOf("FunctionArn")}.")
                : mappings is [var off, ..]
                    ? Found.Fail(
                        $"Lambda does not poll the queue: the mapping is {off.TextOf("State")}. "
                            + off.TextOf("StateTransitionReason"),
                        $"aws lambda update-event-source-mapping --uuid {off.TextOf("UUID")} --enabled")
                    : Found.Fail("No function takes what is in the queue.", "Deploy the stack again.");
        }),
    ];
}
