using Remediator.Aws.Endpoints;
using Remediator.Aws.Models;

namespace Remediator.Aws;

/// <summary>Finds the address of a call and how the call is signed.</summary>
public interface IEndpointResolver
{
    /// <exception cref="AwsEndpointException">There is no such endpoint.</exception>
    ResolvedEndpoint Resolve(EndpointRequest request);
}

/// <summary>What decides an endpoint.</summary>
/// <param name="Parameters">
/// The parameters that the model takes from the operation, the input and the client: strings, booleans and arrays of strings.
/// </param>
/// <param name="Override">The endpoint from the settings, in place of AWS's own.</param>
public sealed record EndpointRequest(
    ServiceModel Service,
    string Region,
    IReadOnlyDictionary<string, object> Parameters,
    bool UseFips = false,
    bool UseDualStack = false,
    Uri? Override = null);

/// <summary>The address of a call.</summary>
/// <param name="Url">Scheme, host, port, and the part of the path that precedes the operation's own.</param>
/// <param name="DoubleEncodes">Whether the path is encoded a second time for signing; true for every service except S3.</param>
public sealed record ResolvedEndpoint(Uri Url, string SigningRegion, string SigningName, bool DoubleEncodes = true);
