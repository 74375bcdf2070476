namespace Remediator.Aws.Endpoints;

/// <summary>Where a call goes and how it is signed.</summary>
/// <param name="Url">Scheme, host and perhaps a base path, to which the operation's own path is to be appended.</param>
/// <param name="SigningName">The service in the signing scope.</param>
/// <param name="SigningRegion">
/// The region in the signing scope; for <c>sigv4a</c> the region set, comma-separated; empty where no region was given.
/// </param>
/// <param name="Headers">Headers to send besides those of the operation.</param>
/// <param name="DisableDoubleEncoding">Sign the path as it is sent, without encoding it a second time.</param>
/// <param name="AuthScheme">
/// <c>sigv4</c> wherever the rules allow it, else what they ask for first (<c>sigv4a</c>, <c>sigv4-s3express</c>);
/// null where they leave it to the operation.
/// </param>
public sealed record ResolvedEndpoint(
    string Url,
    string SigningName,
    string SigningRegion,
    IReadOnlyDictionary<string, string[]> Headers,
    bool DisableDoubleEncoding,
    string? AuthScheme);
