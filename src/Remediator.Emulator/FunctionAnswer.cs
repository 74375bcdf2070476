namespace Remediator.Emulator;

/// <summary>What the function said to one invocation, or at its start.</summary>
/// <param name="ErrorType">The header Lambda-Runtime-Function-Error-Type; null where it was a response.</param>
internal sealed record FunctionAnswer(string RequestId, bool IsError, string? ErrorType, string? ContentType, byte[] Payload);
