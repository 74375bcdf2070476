using System.Net;
using Amazon.Runtime;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>A service's error inside the SDK's pipeline; callers see it as an <see cref="AwsException"/>.</summary>
internal sealed class ServiceFault : AmazonServiceException
{
    public ServiceFault(WireError error, WireResponse response, AwsFault fault, Exception? inner = null)
        : base(error.Message, inner, ErrorType.Unknown, error.Code, error.RequestId, (HttpStatusCode)response.Status)
    {
        Error = error;
        Response = response;
        Fault = fault;
    }

    public WireError Error { get; }

    public WireResponse Response { get; }

    public AwsFault Fault { get; }
}
