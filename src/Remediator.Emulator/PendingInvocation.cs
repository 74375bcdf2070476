namespace Remediator.Emulator;

/// <summary>An invocation on its way through the function.</summary>
internal sealed record PendingInvocation(string RequestId, ReadOnlyMemory<byte> Payload, TimeSpan Timeout)
{
    public TaskCompletionSource<FunctionAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
