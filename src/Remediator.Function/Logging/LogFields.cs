using System.Globalization;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Playbooks;

namespace Remediator.Function.Logging;

/// <summary>The variable part of a log line.</summary>
internal static class LogFields
{
    // The template that the message was made from: the same for every line of one event, which eventId names already.
    private const string Template = "{OriginalFormat}";

    public static void WriteScope(object? scope, Utf8JsonWriter json)
    {
        if (scope is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            WritePairs(json, pairs);
        }
    }

    public static void WriteFields(Utf8JsonWriter json, object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> pairs || pairs.All(pair => pair.Key == Template))
        {
            return;
        }

        json.WriteStartObject("fields"u8);
        WritePairs(json, pairs);
        json.WriteEndObject();
    }

    public static void WriteException(Utf8JsonWriter json, Exception? exception)
    {
        if (exception is not null)
        {
            json.WriteStartObject("exception"u8);
            json.WriteString("type"u8, exception.GetType().FullName);
            json.WriteString("message"u8, exception.Message);
            json.WriteString("trace"u8, exception.ToString());
            json.WriteEndObject();
        }
    }

    private static void WritePairs(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        foreach (var (name, value) in pairs)
        {
            if (name != Template)
            {
                json.WritePropertyName(name);
                WriteValue(json, value);
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
