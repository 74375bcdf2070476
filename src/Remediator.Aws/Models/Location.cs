namespace Remediator.Aws.Models;

/// <summary>The part of the HTTP message that holds a member of a REST operation.</summary>
internal enum Location
{
    Body,
    Uri,
    Query,
    Header,
    PrefixHeaders,
    StatusCode,
}
