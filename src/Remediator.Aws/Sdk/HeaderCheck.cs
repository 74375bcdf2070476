using System.Buffers;
using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Rejects what a header cannot hold: line ends would add headers, and HTTP headers are ASCII only.</summary>
internal static class HeaderCheck
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <exception cref="AwsInputException">A value, or a name from the input, cannot be sent.</exception>
    public static void Run(OperationModel operation, WireRequest request)
    {
        foreach (var (name, value) in request.Headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                throw new AwsInputException(operation.FullName, "", $"'{name}' cannot be the name of a header.");
            }

            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~') && value.Any(c => c is not '\t' and (< ' ' or > '~')))
            {
                throw new AwsInputException(operation.FullName, "", $"goes into the header {name}, which takes printable ASCII only.");
            }
        }
    }
}
