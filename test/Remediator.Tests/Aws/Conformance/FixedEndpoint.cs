using Remediator.Aws;

namespace Remediator.Tests.Aws.Conformance;

/// <summary>Sends everything to one place, signed for a region and a name.</summary>
internal sealed class FixedEndpoint(Uri url, string region) : IEndpointResolver
{
    public ResolvedEndpoint Resolve(EndpointRequest request) =>
        new(url, region, request.Service.Metadata.SigningName, DoubleEncodes: request.Service.Name != "s3");
}
