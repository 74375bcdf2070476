using System.Text;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>restXml.</summary>
internal sealed class RestXmlProtocol : RestProtocol
{
    public static readonly RestXmlProtocol Instance = new();

    public override WireError ReadError(OperationModel operation, WireResponse response) => XmlErrors.Read(operation, response);

    protected override void WriteBody(OperationModel operation, JsonElement input, TokenSource tokens, WireRequest request)
    {
        var root = operation.InputRoot!;
        var anything = root.Shape.Members.Values.Any(member =>
            member.Location == Location.Body && (member.IsIdempotencyToken || !InputValue.Absent(input, member.Name)));
        if (anything)
        {
            var xml = new XmlBody(tokens);
            var space = root.Traits.XmlNamespace ?? operation.Service.Metadata.XmlNamespace;
            xml.WriteStructure(root.Traits.LocationName ?? root.Shape.Name, root.Shape, input, space, bodyOnly: true);
            Attach(xml, request);
        }
    }

    protected override void WriteStructuredPayload(Member payload, JsonElement value, TokenSource tokens, WireRequest request)
    {
        var xml = new XmlBody(tokens);
        xml.WriteStructure(payload.Traits.LocationName ?? payload.Shape.Name, payload.Shape, value, payload.Traits.XmlNamespace);
        Attach(xml, request);
    }

    protected override void WriteAbsentPayload(Member payload, WireRequest request)
    {
    }

    protected override void ReadBody(OperationModel operation, Shape shape, WireResponse response, Utf8JsonWriter output)
    {
        if (shape.Members.Values.Any(member => member.Location == Location.Body) && XmlTree.TryRead(response.Body, out var tree))
        {
            using var done = tree;
            XmlReading.ReadMembers(tree.Root, shape, output, bodyOnly: true);
        }
    }

    protected override void ReadStructuredPayload(Member payload, WireResponse response, Utf8JsonWriter output)
    {
        if (XmlTree.TryRead(response.Body, out var tree))
        {
            using var done = tree;
            output.WritePropertyName(payload.OutputName);
            XmlReading.Read(tree.Root, payload, output);
        }
    }

    private static void Attach(XmlBody xml, WireRequest request)
    {
        request.Body = xml.Bytes;
        request.Headers.TryAdd("Content-Type", "application/xml");
    }
}
