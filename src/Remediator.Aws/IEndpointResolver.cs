using Remediator.Aws.Endpoints;
using Remediator.Aws.Models;

namespace Remediator.Aws;

/// <summary>Finds where a call goes and how it is signed there.</summary>
public interface IEndpointResolver
{
    /// <exception cref="AwsEndpointException">There is no such endpoint.</exception>
    ResolvedEndpoint Resolve(EndpointRequest request);
}

/// <summary>What an endpoint depends on.</summary>
/// <param name="Parameters">
/// The parameters that the model draws from the operation, the input and the client: strings, booleans and arrays of strings.
/// </param>
/// <param name="Override">The endpoint that the settings give instead of AWS's own.</param>
public sealed record EndpointRequest(
    ServiceModel Service,
    string Region,
    IReadOnlyDictionary<string, object> Parameters,
    bool UseFips = false,
    bool UseDualStack = false,
    Uri? Override = null);

/// <summary>Where a call goes.</summary>
/// <param name="Url">Scheme, host, port, and the part of the path that stands before the operation's.</param>
/// <param name="DoubleEncodes">Whether the path is escaped once more for signing; everywhere but in S3.</param>
public sealed record ResolvedEndpoint(Uri Url, string SigningRegion, string SigningName, bool DoubleEncodes = true);
