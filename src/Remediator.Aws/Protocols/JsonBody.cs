using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Writes inputs in the wire's JSON format.</summary>
internal readonly struct JsonBody(Utf8JsonWriter writer, TokenSource tokens)
{
    public void WriteStructure(Shape shape, JsonElement value, bool bodyOnly = false)
    {
        writer.WriteStartObject();
        foreach (var property in value.EnumerateObject())
        {
            var member = shape.ByName(property);
            if (member is null || property.Value.ValueKind == JsonValueKind.Null || (bodyOnly && member.Location != Location.Body))
            {
                continue;
            }

            writer.WritePropertyName(member.WireName);
            Write(member, property.Value);
        }

        foreach (var member in shape.TokenMembers)
        {
            if (InputValue.Absent(value, member.Name) && !(bodyOnly && member.Location != Location.Body))
            {
                writer.WriteString(member.WireName, tokens.Token);
            }
        }

        writer.WriteEndObject();
    }

    public void Write(Member member, JsonElement value)
    {
        var shape = member.Shape;
        switch (shape.Type)
        {
            case ShapeType.Structure when !shape.IsDocument:
                WriteStructure(shape, value);
                break;
            case ShapeType.List:
                WriteList(shape, value);
                break;
            case ShapeType.Map:
                WriteMap(shape, value);
                break;
            case ShapeType.Timestamp:
                WriteTimestamp(member, value);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private void WriteList(Shape shape, JsonElement value)
    {
        writer.WriteStartArray();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Null)
            {
                Write(shape.Element!, item);
            }
            else if (shape.IsSparse)
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }

    private void WriteMap(Shape shape, JsonElement value)
    {
        writer.WriteStartObject();
        foreach (var entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Null)
            {
                writer.WritePropertyName(entry.Name);
                Write(shape.Value!, entry.Value);
            }
            else if (shape.IsSparse)
            {
                writer.WriteNull(entry.Name);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteTimestamp(Member member, JsonElement value)
    {
        if (!Timestamps.TryRead(value, out var moment))
        {
            value.WriteTo(writer);
        }
        else if ((member.Traits.TimestampForm ?? TimestampForm.EpochSeconds) == TimestampForm.EpochSeconds)
        {
            writer.WriteNumberValue(Timestamps.Epoch(moment));
        }
        else
        {
            writer.WriteStringValue(Timestamps.Write(moment, member.Traits.TimestampForm ?? default));
        }
    }
}
