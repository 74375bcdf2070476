namespace Remediator.Function.Handlers;

/// <summary>What is done with one message of the queue.</summary>
internal interface IRecordProcessor
{
    /// <summary>
    /// Returns once the message may be deleted. What it throws leaves the message on the queue, to come again and at last to reach the
    /// dead-letter queue.
    /// </summary>
    Task ProcessAsync(QueueRecord record, CancellationToken ct);

    /// <summary>After the records of a batch, where time is left. It throws nothing: no record may come again because of it.</summary>
    Task CompleteAsync(CancellationToken ct);
}
