using System.Text.Json;

namespace Remediator.Aws;

/// <summary>The kind of an AWS error: whether, and when, the call is worth repeating.</summary>
public enum AwsFault
{
    /// <summary>The same call will fail again: the input is not valid, or a quota is used up.</summary>
    Permanent,

    /// <summary>Too many calls; the same call may succeed later.</summary>
    Throttling,

    /// <summary>A temporary fault of the service or the network; it is unknown whether the call took effect.</summary>
    Transient,

    /// <summary>The clocks of client and service disagree.</summary>
    ClockSkew,

    /// <summary>The resource is being changed by something else, or is not ready yet: the same call may succeed in minutes.</summary>
    Busy,

    /// <summary>A permission, a subscription or valid credentials are missing.</summary>
    Denied,

    /// <summary>The resource of the operation does not exist, or no longer exists.</summary>
    Gone,
}

/// <summary>AWS answered a call with an error, or did not answer it.</summary>
/// <param name="operation">The operation, as the call named it.</param>
/// <param name="code">The error's code, without namespace or URI suffix.</param>
/// <param name="status">The HTTP status; 0 if there was no response.</param>
/// <param name="requestId">AWS's request id, or the empty string.</param>
/// <param name="message">The service's message.</param>
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

    /// <summary>The service's own message, without what <see cref="Exception.Message"/> adds.</summary>
    public string ServiceMessage { get; } = message;

    /// <summary>The kind of the error: set by the thrower if it knows better, otherwise from the table of error codes.</summary>
    public AwsFault Fault
    {
        get => known ?? FaultClassifier.Classify(new(Operation, Code, Status) { Message = ServiceMessage });
        init => known = value;
    }

    /// <summary>The number of attempts of the call.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>The total time that the call waited between attempts.</summary>
    public TimeSpan Backoff { get; init; }

    /// <summary>
    /// The members that the model defines for this error, such as CancellationReasons; an empty object if there are none.
    /// </summary>
    public JsonElement Members { get; init; } = JsonElement.Parse("{}");
}

/// <summary>An input that does not fit the operation's model. Nothing was sent.</summary>
/// <param name="operation">The operation, as the call named it.</param>
/// <param name="at">The position in the input, such as <c>IpPermissions[0].FromPort</c>.</param>
/// <param name="problem">What is wrong there and what would be right.</param>
public sealed class AwsInputException(string operation, string at, string problem)
    : Exception($"{operation}: {(at.Length == 0 ? "input" : at)}: {problem}")
{
    public string Operation { get; } = operation;

    public string At { get; } = at;
}
