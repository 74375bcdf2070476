using System.Text;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Converts the wire's JSON into the API's: known members under their API names, timestamps as ISO 8601.</summary>
internal static class JsonReading
{
    private const int LongestName = 256;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256, AllowMultipleValues = false };

    public static Utf8JsonReader Open(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Options);
        reader.Read();
        return reader;
    }

    public static bool IsBlank(ReadOnlySpan<byte> body) => body.Trim(" \t\r\n"u8).IsEmpty;

    /// <summary>Writes the members, without the enclosing braces.</summary>
    public static void ReadMembers(ref Utf8JsonReader reader, Shape shape, Utf8JsonWriter output, bool bodyOnly = false)
    {
        Expect(reader, JsonTokenType.StartObject, shape);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = FindMember(ref reader, shape);
            if (member is null && shape.IsUnion)
            {
                UnknownUnion.Read(ref reader, output);
                continue;
            }

            reader.Read();
            if (member is null || reader.TokenType == JsonTokenType.Null || (bodyOnly && member.Location != Location.Body))
            {
                reader.Skip();
                continue;
            }

            output.WritePropertyName(member.OutputName);
            Read(ref reader, member.Shape, output);
        }
    }

    public static void Read(ref Utf8JsonReader reader, Shape shape, Utf8JsonWriter output)
    {
        switch (shape.Type)
        {
            case ShapeType.Structure when shape.IsDocument:
                CopyDocument(ref reader, output);
                break;
            case ShapeType.Structure:
                output.WriteStartObject();
                ReadMembers(ref reader, shape, output);
                output.WriteEndObject();
                break;
            case ShapeType.List:
                ReadList(ref reader, shape, output);
                break;
            case ShapeType.Map:
                ReadMap(ref reader, shape, output);
                break;
            default:
                ReadScalar(ref reader, shape, output);
                break;
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, Shape shape, Utf8JsonWriter output)
    {
        Expect(reader, JsonTokenType.StartArray, shape);
        output.WriteStartArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                Read(ref reader, shape.Element!.Shape, output);
            }
            else
            {
                output.WriteNullValue();
            }
        }

        output.WriteEndArray();
    }

    private static void ReadMap(ref Utf8JsonReader reader, Shape shape, Utf8JsonWriter output)
    {
        Expect(reader, JsonTokenType.StartObject, shape);
        output.WriteStartObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString() ?? "";
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
            {
                output.WritePropertyName(key);
                Read(ref reader, shape.Value!.Shape, output);
            }
            else if (shape.IsSparse)
            {
                output.WriteNull(key);
            }
        }

        output.WriteEndObject();
    }

    private static void ReadScalar(ref Utf8JsonReader reader, Shape shape, Utf8JsonWriter output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when shape.Type == ShapeType.Timestamp:
                ScalarText.ReadTimestamp(Encoding.UTF8.GetString(reader.ValueSpan), output);
                break;
            case JsonTokenType.Number:
                output.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
            case JsonTokenType.String when shape.Type == ShapeType.String:
                output.WriteStringValue(reader.GetString());
                break;
            case JsonTokenType.String:
                ScalarText.Read(reader.GetString() ?? "", shape, output);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                output.WriteBooleanValue(reader.GetBoolean());
                break;
            default:
                CopyDocument(ref reader, output);
                break;
        }
    }

    private static Member? FindMember(ref Utf8JsonReader reader, Shape shape)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > LongestName)
        {
            return shape.ByWireName(reader.GetString());
        }

        Span<char> name = stackalloc char[LongestName];
        var length = Encoding.UTF8.GetChars(reader.ValueSpan, name);
        return shape.ByWireName(name[..length]);
    }

    private static void CopyDocument(ref Utf8JsonReader reader, Utf8JsonWriter output) =>
        JsonElement.ParseValue(ref reader).WriteTo(output);

    private static void Expect(Utf8JsonReader reader, JsonTokenType type, Shape shape)
    {
        if (reader.TokenType != type)
        {
            throw new MalformedResponseException($"A {shape.Type} ({shape.Name}) was expected where {reader.TokenType} stands.");
        }
    }
}
