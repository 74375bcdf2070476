using System.Text;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>Values in headers.</summary>
internal static class HeaderText
{
    public static string Write(Member member, JsonElement value)
    {
        if (member.Traits.JsonValue)
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : JsonText.Of(value);
            return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        }

        if (member.Shape.Type != ShapeType.List)
        {
            return ScalarText.Write(value, member, TimestampForm.HttpDate);
        }

        var element = member.Shape.Element!;
        var items = value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null);
        return string.Join(", ", items.Select(item => Quote(ScalarText.Write(item, element, TimestampForm.HttpDate), element.Shape)));
    }

    public static void Read(string text, Member member, Utf8JsonWriter output)
    {
        if (member.Traits.JsonValue)
        {
            ReadJson(text, output);
        }
        else if (member.Shape.Type == ShapeType.List)
        {
            ReadList(text, member.Shape.Element!.Shape, output);
        }
        else
        {
            ScalarText.Read(text, member.Shape, output);
        }
    }

    private static string Quote(string item, Shape shape) =>
        shape.Type == ShapeType.String && item.AsSpan().ContainsAny(',', '"')
            ? $"\"{item.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : item;

    private static void ReadJson(string text, Utf8JsonWriter output)
    {
        try
        {
            using var value = JsonDocument.Parse(Convert.FromBase64String(text));
            value.RootElement.WriteTo(output);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw new MalformedResponseException("A header does not hold the base64 of JSON.", malformed);
        }
    }

    private static void ReadList(string text, Shape element, Utf8JsonWriter output)
    {
        output.WriteStartArray();
        foreach (var item in HeaderList.Split(text, commasInItems: element.Type == ShapeType.Timestamp ? 1 : 0))
        {
            ScalarText.Read(item, element, output);
        }

        output.WriteEndArray();
    }
}
