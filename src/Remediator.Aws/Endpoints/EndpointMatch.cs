namespace Remediator.Aws.Endpoints;

/// <summary>What the rules of a service gave, before defaults.</summary>
/// <param name="Properties">Every property but the auth schemes; a single text is a list of one.</param>
internal sealed record EndpointMatch(
    string Url,
    AuthScheme[] AuthSchemes,
    Dictionary<string, string[]> Headers,
    Dictionary<string, string[]> Properties);
