using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Remediator.Values;

/// <summary>Makes and reads JSON values.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Null { get; } = Parse("null");

    public static JsonElement True { get; } = Parse("true");

    public static JsonElement False { get; } = Parse("false");

    public static JsonElement EmptyObject { get; } = Parse("{}");

    public static JsonElement Parse(string text) => JsonElement.Parse(text);

    public static JsonElement Text(string value) => Write(w => w.WriteStringValue(value));

    public static JsonElement List(IEnumerable<JsonElement> items) => Write(w =>
    {
        w.WriteStartArray();
        foreach (var item in items)
        {
            item.WriteTo(w);
        }

        w.WriteEndArray();
    });

    public static JsonElement Object(IEnumerable<KeyValuePair<string, JsonElement>> members) => Write(w =>
    {
        w.WriteStartObject();
        foreach (var (name, value) in members)
        {
            w.WritePropertyName(name);
            value.WriteTo(w);
        }

        w.WriteEndObject();
    });

    public static JsonElement Write(Action<Utf8JsonWriter> write) => JsonElement.Parse(Written(write));

    /// <summary>The same as a text.</summary>
    public static string TextOf(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Written(write));

    private static ReadOnlySpan<byte> Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            write(writer);
        }

        return buffer.WrittenSpan;
    }

    public static bool IsNull(this JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public static bool IsObject(this JsonElement value) => value.ValueKind is JsonValueKind.Object;

    public static bool IsList(this JsonElement value) => value.ValueKind is JsonValueKind.Array;

    /// <summary>A member's value; null if the value is not an object or lacks the member.</summary>
    public static JsonElement Member(this JsonElement value, string name) =>
        value.IsObject() && value.TryGetProperty(name, out var member) ? member : Null;

    public static string? TextOf(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Whether JMESPath regards it as true: not false, null or empty.</summary>
    public static bool IsTruthy(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetString() is not "",
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => true,
    };
}
