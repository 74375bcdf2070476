namespace Remediator.Emulator;

/// <summary>The function's answer to one invocation, or at its start.</summary>
/// <param name="ErrorType">The header Lambda-Runtime-Function-Error-Type; null for a response.</param>
internal sealed record FunctionAnswer(string RequestId, bool IsError, string? ErrorType, string? ContentType, byte[] Payload);
