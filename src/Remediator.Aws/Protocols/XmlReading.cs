using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Converts the wire's XML into the API's JSON.</summary>
internal static class XmlReading
{
    /// <summary>Writes the members, without the enclosing braces.</summary>
    public static void ReadMembers(XmlNode node, Shape shape, Utf8JsonWriter output, bool bodyOnly = false)
    {
        Span<bool> seen = stackalloc bool[shape.Members.Count];
        for (var child = node.FirstChild; child is not null; child = child.Next)
        {
            var member = shape.ByWireName(child.Name);
            if (member is null && shape.IsUnion && !child.IsAttribute)
            {
                UnknownUnion.Write(child.Name, output);
            }

            if (member is null || seen[member.Index] || (bodyOnly && member.Location != Location.Body))
            {
                continue;
            }

            seen[member.Index] = true;
            output.WritePropertyName(member.OutputName);
            ReadMember(child, member, output);
        }
    }

    public static void Read(XmlNode node, Member member, Utf8JsonWriter output)
    {
        var shape = member.Shape;
        switch (shape.Type)
        {
            case ShapeType.Structure:
                output.WriteStartObject();
                ReadMembers(node, shape, output);
                output.WriteEndObject();
                break;
            case ShapeType.List:
                ReadList(node.FirstChild, shape.Element!.Traits.LocationName ?? "member", shape, output);
                break;
            case ShapeType.Map:
                ReadMap(node.FirstChild, "entry", shape, output);
                break;
            default:
                ScalarText.Read(node.Text, shape, output);
                break;
        }
    }

    private static void ReadMember(XmlNode node, Member member, Utf8JsonWriter output)
    {
        switch (member.Shape.Type)
        {
            case ShapeType.List when member.IsFlat:
                ReadList(node, node.Name, member.Shape, output);
                break;
            case ShapeType.Map when member.IsFlat:
                ReadMap(node, node.Name, member.Shape, output);
                break;
            default:
                Read(node, member, output);
                break;
        }
    }

    private static void ReadList(XmlNode? first, string name, Shape shape, Utf8JsonWriter output)
    {
        output.WriteStartArray();
        for (var node = first; node is not null; node = node.Next)
        {
            if (node.Name == name && !node.IsAttribute)
            {
                Read(node, shape.Element!, output);
            }
        }

        output.WriteEndArray();
    }

    private static void ReadMap(XmlNode? first, string name, Shape shape, Utf8JsonWriter output)
    {
        var keyName = shape.Key!.Traits.LocationName ?? "key";
        var valueName = shape.Value!.Traits.LocationName ?? "value";
        output.WriteStartObject();
        for (var node = first; node is not null; node = node.Next)
        {
            if (node.Name == name && node.ChildText(keyName) is { } key && node.Child(valueName) is { } value)
            {
                output.WritePropertyName(key);
                Read(value, shape.Value, output);
            }
        }

        output.WriteEndObject();
    }
}
