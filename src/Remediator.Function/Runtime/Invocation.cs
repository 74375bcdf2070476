namespace Remediator.Function.Runtime;

/// <summary>One invocation, as the Runtime API hands it over.</summary>
/// <param name="Deadline">When Lambda ends the process if there is no answer by then.</param>
/// <param name="FunctionArn">The ARN that was invoked, with the alias; the empty string where the Runtime API gave none.</param>
/// <param name="TraceId">The X-Ray trace header; the empty string where the Runtime API gave none.</param>
internal sealed record Invocation(
    string RequestId, DateTimeOffset Deadline, string FunctionArn, string TraceId, ReadOnlyMemory<byte> Payload);
