namespace Remediator.Aws.Endpoints;

/// <summary>The address of a call and how the call is signed.</summary>
/// <param name="Url">Scheme, host and an optional base path, to which the operation's own path is appended.</param>
/// <param name="SigningName">The service in the signing scope.</param>
/// <param name="SigningRegion">
/// The region in the signing scope; for <c>sigv4a</c> the region set, comma-separated; empty if no region was given.
/// </param>
/// <param name="Headers">Headers to send in addition to those of the operation.</param>
/// <param name="DisableDoubleEncoding">Sign the path as sent, without encoding it a second time.</param>
/// <param name="AuthScheme">
/// <c>sigv4</c> if the rules allow it, otherwise their first choice (<c>sigv4a</c>, <c>sigv4-s3express</c>);
/// null if they leave it to the operation.
/// </param>
public sealed record ResolvedEndpoint(
    string Url,
    string SigningName,
    string SigningRegion,
    IReadOnlyDictionary<string, string[]> Headers,
    bool DisableDoubleEncoding,
    string? AuthScheme);
