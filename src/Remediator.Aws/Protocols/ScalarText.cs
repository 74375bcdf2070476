using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Scalars as text: in queries, headers, labels, forms and XML.</summary>
internal static class ScalarText
{
    /// <summary>The text of a value that has passed the input check.</summary>
    public static string Write(JsonElement value, Member member, TimestampForm usual)
    {
        if (member.Shape.Type == ShapeType.Timestamp && Timestamps.TryRead(value, out var moment))
        {
            return Timestamps.Write(moment, member.Traits.TimestampForm ?? usual);
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.GetRawText(),
        };
    }

    /// <summary>Writes a text from the wire as the JSON value that its shape requires.</summary>
    /// <exception cref="MalformedResponseException">The text does not fit the shape.</exception>
    public static void Read(string text, Shape shape, Utf8JsonWriter output)
    {
        switch (shape.Type)
        {
            case ShapeType.Boolean:
                output.WriteBooleanValue(ReadBoolean(text));
                break;
            case ShapeType.Integer or ShapeType.Long:
                ReadInteger(text, output);
                break;
            case ShapeType.Float or ShapeType.Double:
                Numbers.Read(text, output);
                break;
            case ShapeType.Timestamp:
                ReadTimestamp(text, output);
                break;
            case ShapeType.Blob:
                output.WriteStringValue(text.Trim());
                break;
            default:
                output.WriteStringValue(text);
                break;
        }
    }

    public static void ReadTimestamp(string text, Utf8JsonWriter output)
    {
        // A value that is not a timestamp is returned unchanged, so that the rest of the response stays readable.
        output.WriteStringValue(Timestamps.TryRead(text.Trim(), out var moment) ? Timestamps.Iso(moment) : text);
    }

    private static bool ReadBoolean(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => throw new MalformedResponseException($"'{text}' is not a boolean."),
    };

    private static void ReadInteger(string text, Utf8JsonWriter output)
    {
        if (!long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            throw new MalformedResponseException($"'{text}' is not an integer.");
        }

        output.WriteNumberValue(number);
    }
}
