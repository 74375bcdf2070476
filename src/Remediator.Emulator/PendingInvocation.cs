namespace Remediator.Emulator;

/// <summary>An invocation that the function has not answered yet.</summary>
internal sealed record PendingInvocation(string RequestId, ReadOnlyMemory<byte> Payload, TimeSpan Timeout)
{
    /// <summary>The ARN of the function, or of one of its aliases, that is invoked.</summary>
    public string FunctionArn { get; init; } = RuntimeApiServer.FunctionArn;

    public TaskCompletionSource<FunctionAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
