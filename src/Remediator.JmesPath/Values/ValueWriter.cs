using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Remediator.JmesPath.Values;

/// <summary>Writes a value as JSON: once at the end of an evaluation, and for <c>to_string</c>.</summary>
internal static class ValueWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = Depth.Json,
        SkipValidation = true,
    };

    public static JsonElement ToElement(JmesPathValue value, Budget budget) =>
        JsonElement.Parse(ToBytes(value, budget).WrittenSpan, new JsonDocumentOptions { MaxDepth = Depth.Json });

    public static string ToText(JmesPathValue value, Budget budget)
    {
        var bytes = ToBytes(value, budget);
        budget.SpendText(bytes.WrittenCount);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static ArrayBufferWriter<byte> ToBytes(JmesPathValue value, Budget budget)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes, Options);
        try
        {
            Write(writer, value, budget, 0);
            writer.Flush();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // In a well-formed value, the only thing that the writer rejects is text.
            throw JsonText.Unreadable();
        }

        return bytes;
    }

    private static void Write(Utf8JsonWriter writer, JmesPathValue value, Budget budget, int depth)
    {
        Depth.Check(depth);
        var before = writer.BytesCommitted + writer.BytesPending;
        switch (value.Built)
        {
            case null:
                WriteElement(writer, value.Element);
                budget.SpendText(writer.BytesCommitted + writer.BytesPending - before);
                break;
            case string text:
                writer.WriteStringValue(text);
                budget.SpendText(text.Length);
                break;
            case Number number:
                number.WriteTo(writer);
                budget.Spend(1);
                break;
            case JmesPathValue[] items:
                WriteItems(writer, items, budget, depth + 1);
                break;
            case OrderedDictionary<string, JmesPathValue> properties:
                WriteProperties(writer, properties, budget, depth + 1);
                break;
        }
    }

    private static void WriteElement(Utf8JsonWriter writer, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            element.WriteTo(writer);
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, JmesPathValue[] items, Budget budget, int depth)
    {
        writer.WriteStartArray();
        budget.Spend(1);
        foreach (var item in items)
        {
            Write(writer, item, budget, depth);
        }

        writer.WriteEndArray();
    }

    private static void WriteProperties(
        Utf8JsonWriter writer, OrderedDictionary<string, JmesPathValue> properties, Budget budget, int depth)
    {
        writer.WriteStartObject();
        budget.Spend(1);
        foreach (var (name, value) in properties)
        {
            budget.SpendText(name.Length);
            writer.WritePropertyName(name);
            Write(writer, value, budget, depth);
        }

        writer.WriteEndObject();
    }
}
