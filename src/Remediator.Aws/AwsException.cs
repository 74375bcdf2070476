using System.Text.Json;

namespace Remediator.Aws;

/// <summary>How an error of AWS is to be taken.</summary>
public enum AwsFault
{
    /// <summary>The same call will fail again: the input is not valid, a quota is used up.</summary>
    Permanent,

    /// <summary>Too many calls; the same call may succeed later.</summary>
    Throttling,

    /// <summary>A passing fault of the service or of the network; whether the call took effect is unknown.</summary>
    Transient,

    /// <summary>The clock here and the service's disagree.</summary>
    ClockSkew,

    /// <summary>The resource is at something else, or not ready yet: the same call may succeed in minutes.</summary>
    Busy,

    /// <summary>For want of a permission, of a subscription, or of valid credentials.</summary>
    Denied,

    /// <summary>The resource that the operation is about does not exist, or no longer.</summary>
    Gone,
}

/// <summary>A call that AWS answered with an error, or that got no answer.</summary>
/// <param name="operation">The operation, as it was named in the call.</param>
/// <param name="code">The error's code, without name space or URI suffix.</param>
/// <param name="status">The HTTP status; 0 where there was no answer.</param>
/// <param name="requestId">The request id that AWS gave, or the empty string.</param>
/// <param name="message">What the service said.</param>
public sealed class AwsException(string operation, string code, int status, string requestId, string message, Exception? inner = null)
    : Exception(
        status is 0
            ? $"{operation} got no answer ({code}). {message}"
            : $"{operation} failed: {code} ({status}{(requestId.Length > 0 ? $", request {requestId}" : "")}). {message}",
        inner)
{
    private readonly AwsFault? known;

    public string Operation { get; } = operation;

    public string Code { get; } = code;

    public int Status { get; } = status;

    public string RequestId { get; } = requestId;

    /// <summary>The service's own words, without what <see cref="Exception.Message"/> adds.</summary>
    public string ServiceMessage { get; } = message;

    /// <summary>How the error is to be taken: as the table of error codes says, where whoever met it does not know better.</summary>
    public AwsFault Fault
    {
        get => known ?? FaultClassifier.Classify(new(Operation, Code, Status) { Message = ServiceMessage });
        init => known = value;
    }

    /// <summary>How many times the call was tried.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long the call waited between its attempts, all in all.</summary>
    public TimeSpan Backoff { get; init; }

    /// <summary>The members that the model gives this error, such as CancellationReasons; an empty object where there are none.</summary>
    public JsonElement Members { get; init; } = JsonElement.Parse("{}");
}

/// <summary>An input that the operation's model refuses. Nothing was sent.</summary>
/// <param name="operation">The operation, as it was named in the call.</param>
/// <param name="at">The place in the input, such as <c>IpPermissions[0].FromPort</c>.</param>
/// <param name="problem">What is wrong there and what would be right.</param>
public sealed class AwsInputException(string operation, string at, string problem)
    : Exception($"{operation}: {(at.Length == 0 ? "input" : at)}: {problem}")
{
    public string Operation { get; } = operation;

    public string At { get; } = at;
}
