namespace Remediator.Aws.Models;

/// <summary>Where in the HTTP message a member of a REST operation travels.</summary>
internal enum Location
{
    Body,
    Uri,
    Query,
    Header,
    PrefixHeaders,
    StatusCode,
}
