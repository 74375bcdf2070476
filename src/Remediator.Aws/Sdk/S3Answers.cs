using Remediator.Aws.Models;
using Remediator.Aws.Protocols;

namespace Remediator.Aws.Sdk;

/// <summary>Special cases of S3's responses.</summary>
internal static class S3Answers
{
    /// <summary>S3 sends status 200 before some operations finish; a later error is then in the body.</summary>
    public static bool IsErrorDespiteSuccess(OperationModel operation, WireResponse response)
    {
        if (operation.Service.Name != "s3" || operation.Output is not { } output || IsRaw(output))
        {
            return false;
        }

        var body = response.Body.Span.TrimStart(" \t\r\n"u8);
        if (body.StartsWith("<?xml"u8))
        {
            var end = body.IndexOf("?>"u8);
            body = end < 0 ? body : body[(end + 2)..].TrimStart(" \t\r\n"u8);
        }

        return body.StartsWith("<Error>"u8) || body.StartsWith("<Error "u8);
    }

    private static bool IsRaw(Shape output) =>
        output.Payload is { } payload && output.Members[payload].Shape.Type is (ShapeType.Blob or ShapeType.String);
}
