using System.Text.Json;

namespace Remediator.Cli.Output;

/// <summary>Members that several commands write alike.</summary>
internal static class JsonMembers
{
    public static void Member(this Utf8JsonWriter w, string name, JsonElement? value)
    {
        w.WritePropertyName(name);
        if (value is { ValueKind: not JsonValueKind.Undefined } given)
        {
            given.WriteTo(w);
        }
        else
        {
            w.WriteNullValue();
        }
    }

    public static void List<T>(this Utf8JsonWriter w, string name, IEnumerable<T> items, Action<T> members)
    {
        w.WriteStartArray(name);
        foreach (var item in items)
        {
            w.WriteStartObject();
            members(item);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    public static void Texts(this Utf8JsonWriter w, string name, IEnumerable<string> texts)
    {
        w.WriteStartArray(name);
        foreach (var text in texts)
        {
            w.WriteStringValue(text);
        }

        w.WriteEndArray();
    }
}
