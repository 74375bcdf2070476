using System.Net;
using Amazon.Runtime;
using Remediator.Aws.Endpoints;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Turns what the SDK throws into the one exception that callers know.</summary>
internal static class Faults
{
    /// <summary>Whether it is a failure of the call, not of this program, and not the caller's own cancellation.</summary>
    public static bool IsOurs(Exception fault, CancellationToken ct) => fault switch
    {
        OperationCanceledException => !ct.IsCancellationRequested,
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or WebException or AwsEndpointException =>
            true,

        // HTTP takes some headers only in their own form: a Content-Type, say.
        FormatException => true,
        _ => false,
    };

    public static AwsException ToException(ServiceCall call, Exception fault) => fault switch
    {
        ServiceFault service => Make(call, service.Error, (int)service.StatusCode, service.Fault, service),
        AwsEndpointException or AmazonClientException or FormatException =>
            Make(call, Local("ClientError", fault), 0, AwsFault.Permanent, fault),
        _ => Make(call, Local("NoAnswer", fault), 0, AwsFault.Transient, fault),
    };

    private static WireError Local(string code, Exception fault) =>
        new(
        code,
        fault.InnerException is { } inner
            && !fault.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{fault.Message} {inner.Message}" : fault.Message,
        "",
        WireError.NoMembers);

    private static AwsException Make(ServiceCall call, WireError error, int status, AwsFault fault, Exception inner) =>
        new(call.Operation.FullName, error.Code, status, error.RequestId, error.Message, inner)
        {
            Fault = fault,
            Attempts = call.Attempts,
            Backoff = call.Backoff,
            Members = error.Members,
        };
}
