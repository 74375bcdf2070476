namespace Remediator.Aws.Endpoints;

/// <summary>An authentication scheme of a rule, with placeholders for values.</summary>
internal sealed record AuthSchemeTemplate(
    string Name,
    Expression? SigningName,
    Expression? SigningRegion,
    Expression[]? SigningRegionSet,
    bool DisableDoubleEncoding)
{
    internal AuthScheme Fill(Scope scope) => new(
        Name,
        SigningName is null ? null : EndpointTemplate.Text(SigningName, scope),
        SigningRegion is null ? null : EndpointTemplate.Text(SigningRegion, scope),
        SigningRegionSet is null ? null : Array.ConvertAll(SigningRegionSet, region => EndpointTemplate.Text(region, scope)),
        DisableDoubleEncoding);
}
