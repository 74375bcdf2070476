using System.Globalization;
using System.Text.Json;
using Remediator.Values;

namespace Remediator.Change.Recorded;

/// <summary>Config records some integers with a fraction or an exponent (50.0, 1.0E7); no API takes one in that form.</summary>
internal static class WholeNumbers
{
    public static JsonElement In(JsonElement value) => HasOther(value) ? Json.Write(w => Write(w, value)) : value;

    private static bool HasOther(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(m => HasOther(m.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasOther),
        JsonValueKind.Number => IsOther(value),
        _ => false,
    };

    private static bool IsOther(JsonElement number) =>
        number.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') && number.TryGetDecimal(out var exact) && decimal.IsInteger(exact);

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when IsOther(value):
                writer.WriteRawValue(value.GetDecimal().ToString("0", CultureInfo.InvariantCulture));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
