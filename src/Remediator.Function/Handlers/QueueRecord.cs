namespace Remediator.Function.Handlers;

/// <summary>One message of the queue, as Lambda hands it over.</summary>
/// <param name="ReceiveCount">How many times the queue has handed it out, this time included; 0 where it was not said.</param>
/// <param name="QueueArn">The ARN of the queue; the empty string where it was not said.</param>
internal sealed record QueueRecord(string MessageId, string Body, int ReceiveCount, string QueueArn);
