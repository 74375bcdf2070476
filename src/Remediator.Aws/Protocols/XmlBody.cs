using System.Text;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>
/// Writes inputs in the wire's XML format: elements in the model's order, with the names and namespaces of the references.
/// </summary>
internal sealed class XmlBody(TokenSource tokens)
{
    private readonly XmlText xml = new();

    public byte[] Bytes => xml.Bytes;

    public void WriteStructure(string name, Shape shape, JsonElement value, XmlNamespace? space, bool bodyOnly = false)
    {
        xml.Open(name);
        xml.Namespace(space);
        WriteAttributes(shape, value);
        foreach (var member in shape.Members.Values)
        {
            if (member.Traits.XmlAttribute || (bodyOnly && member.Location != Location.Body))
            {
                continue;
            }

            if (InputValue.TryGet(value, member.Name, out var item))
            {
                Write(member.WireName, member, item);
            }
            else if (member.IsIdempotencyToken)
            {
                xml.Leaf(member.WireName, member.Traits.XmlNamespace, tokens.Token);
            }
        }

        xml.Close(name);
    }

    private void WriteAttributes(Shape shape, JsonElement value)
    {
        foreach (var member in shape.Members.Values.Where(member => member.Traits.XmlAttribute))
        {
            if (InputValue.TryGet(value, member.Name, out var item))
            {
                xml.Attribute(member.WireName, ScalarText.Write(item, member, TimestampForm.Iso8601));
            }
        }
    }

    private void Write(string name, Member member, JsonElement value)
    {
        var space = member.Traits.XmlNamespace;
        switch (member.Shape.Type)
        {
            case ShapeType.Structure:
                WriteStructure(name, member.Shape, value, space);
                break;
            case ShapeType.List:
                WriteList(name, member, value);
                break;
            case ShapeType.Map:
                WriteMap(name, member, value);
                break;
            default:
                xml.Leaf(name, space, ScalarText.Write(value, member, TimestampForm.Iso8601));
                break;
        }
    }

    private void WriteList(string name, Member list, JsonElement value)
    {
        var element = list.Shape.Element!;
        if (!list.IsFlat)
        {
            xml.Open(name);
            xml.Namespace(list.Traits.XmlNamespace);
        }

        foreach (var item in value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null))
        {
            Write(list.IsFlat ? name : element.Traits.LocationName ?? "member", element, item);
        }

        if (!list.IsFlat)
        {
            xml.Close(name);
        }
    }

    private void WriteMap(string name, Member map, JsonElement value)
    {
        if (!map.IsFlat)
        {
            xml.Open(name);
            xml.Namespace(map.Traits.XmlNamespace);
        }

        var entryName = map.IsFlat ? name : "entry";
        foreach (var entry in value.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null))
        {
            var (key, item) = (map.Shape.Key!, map.Shape.Value!);
            xml.Open(entryName);
            xml.Namespace(map.IsFlat ? map.Traits.XmlNamespace : null);
            xml.Leaf(key.Traits.LocationName ?? "key", key.Traits.XmlNamespace, entry.Name);
            Write(item.Traits.LocationName ?? "value", item, entry.Value);
            xml.Close(entryName);
        }

        if (!map.IsFlat)
        {
            xml.Close(name);
        }
    }
}
