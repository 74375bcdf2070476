using System.Globalization;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>
/// Reads the errors of the XML protocols: <c>ErrorResponse/Error</c>, EC2's <c>Response/Errors/Error</c>, S3's plain
/// <c>Error</c>, and exceptions to these whose root is the error itself.
/// </summary>
internal static class XmlErrors
{
    public static WireError Read(OperationModel operation, WireResponse response)
    {
        var root = Parse(response.Body);
        if (root is null || root.Name.Equals("html", StringComparison.OrdinalIgnoreCase))
        {
            return WireError.OfStatus(response);
        }

        var error = root.Name == "Error" ? root : root.Child("Error") ?? root.Child("Errors")?.Child("Error") ?? root;
        var code = WireError.ShortCode(error.ChildText("Code") ?? "");
        if (code.Length == 0)
        {
            code = error == root && root.Name != "Error" ? root.Name : response.Status.ToString(CultureInfo.InvariantCulture);
        }

        return new WireError(code, Message(error), RequestId(root, error, response), Members(operation.Error(code), error, response));
    }

    private static string Message(XmlNode error) =>
        error.ChildText("Message") ?? error.ChildText("message") ?? error.Child("Messages")?.FirstChild?.Text ?? "";

    private static string RequestId(XmlNode root, XmlNode error, WireResponse response)
    {
        var id = root.ChildText("RequestId") ?? root.ChildText("RequestID") ?? root.ChildText("requestId") ?? error.ChildText("RequestId");
        return string.IsNullOrEmpty(id) ? response.RequestId : id;
    }

    private static JsonElement Members(Shape? shape, XmlNode error, WireResponse response)
    {
        if (shape is null)
        {
            return WireError.NoMembers;
        }

        try
        {
            return Output.Write(
                output => RestResponses.ReadHead(shape, response, output),
                output => XmlReading.ReadMembers(error, shape, output, bodyOnly: true));
        }
        catch (Exception malformed) when (MalformedResponseException.IsBehind(malformed))
        {
            // An error that cannot be read in full is still reported.
            return WireError.NoMembers;
        }
    }

    private static XmlNode? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return XmlTree.TryRead(body, out var tree) ? tree.Root : null;
        }
        catch (MalformedResponseException)
        {
            // A proxy may answer in HTML: only the status is known.
            return null;
        }
    }
}
