using Remediator.Aws;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Sends every call to one address, signed for a fixed region and service name.</summary>
internal sealed class FixedEndpoint(Uri url, string region) : IEndpointResolver
{
    public ResolvedEndpoint Resolve(EndpointRequest request) =>
        new(url, region, request.Service.Metadata.SigningName, DoubleEncodes: request.Service.Name != "s3");
}
