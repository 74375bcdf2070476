namespace Remediator.Function.Handlers;

/// <summary>Takes one message through the pipeline.</summary>
internal sealed class RecordProcessor : IRecordProcessor
{
    public Task ProcessAsync(QueueRecord record, CancellationToken ct) => throw new NotImplementedException("The pipeline is not wired yet.");
}
