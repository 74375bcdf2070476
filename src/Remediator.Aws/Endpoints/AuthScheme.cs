namespace Remediator.Aws.Endpoints;

/// <summary>An authentication scheme that an endpoint accepts.</summary>
internal sealed record AuthScheme(
    string Name,
    string? SigningName,
    string? SigningRegion,
    string[]? SigningRegionSet,
    bool DisableDoubleEncoding);
