namespace Remediator.Aws.Endpoints;

/// <summary>The result of a service's rules, before defaults.</summary>
/// <param name="Properties">Every property except the authentication schemes; a single text is a list of one.</param>
internal sealed record EndpointMatch(
    string Url,
    AuthScheme[] AuthSchemes,
    Dictionary<string, string[]> Headers,
    Dictionary<string, string[]> Properties);
