using System.Net;
using Amazon.Runtime;
using Remediator.Aws.Endpoints;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Converts the SDK's exceptions into the one that callers handle.</summary>
internal static class Faults
{
    /// <summary>Whether the call failed, as opposed to a defect of this program or the caller's own cancellation.</summary>
    public static bool IsCallFailure(Exception fault, CancellationToken ct) => fault switch
    {
        OperationCanceledException => !ct.IsCancellationRequested,
        AmazonServiceException or AmazonClientException or HttpRequestException or IOException or WebException or AwsEndpointException =>
            true,

        // .NET accepts some headers, such as Content-Type, only in a valid format.
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
