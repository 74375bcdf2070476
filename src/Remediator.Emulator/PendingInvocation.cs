namespace Remediator.Emulator;

/// <summary>An invocation that the function has not answered yet.</summary>
internal sealed record PendingInvocation(string RequestId, ReadOnlyMemory<byte> Payload, TimeSpan Timeout)
{
    public TaskCompletionSource<FunctionAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
