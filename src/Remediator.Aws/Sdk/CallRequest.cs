using Amazon.Runtime.Internal;

namespace Remediator.Aws.Sdk;

/// <summary>The SDK's request, with a body for any method: some operations send one with GET.</summary>
internal sealed class CallRequest(ServiceCall call) : DefaultRequest(call, call.Operation.Service.Metadata.ServiceId), IRequest
{
    bool IRequest.MayContainRequestBody() => Content is not null;

    bool IRequest.HasRequestBody() => Content is not null;
}
