namespace Remediator.Function.Handlers;

/// <summary>What is done with one message of the queue.</summary>
internal interface IRecordProcessor
{
    /// <summary>
    /// Returns once the message may be deleted. What it throws leaves the message on the queue, to come again and at last to reach the
    /// dead-letter queue.
    /// </summary>
    Task ProcessAsync(QueueRecord record, CancellationToken ct);
}
