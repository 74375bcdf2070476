using System.Text.Json;

namespace Remediator.Values;

/// <summary>A document as it may leave the service: what <see cref="ShownValue"/> does not show is replaced, all else is kept.</summary>
internal static class HiddenValues
{
    /// <summary>In place of a hidden value that differs from the one before.</summary>
    public const string Changed = "(another value)";

    /// <param name="at">The name of the value.</param>
    /// <param name="value">What may be shown in part.</param>
    /// <param name="before">What it is compared with, so that a change of a hidden value is seen; null for nothing.</param>
    public static JsonElement Of(string at, JsonElement value, JsonElement? before = null) => value.ValueKind is JsonValueKind.Undefined
        ? value
        : Json.Write(w => Write(w, at, value, before));

    private static void Write(Utf8JsonWriter w, string at, JsonElement value, JsonElement? before)
    {
        if (value.ValueKind is not JsonValueKind.Null && ShownValue.Of(at, value) is ShownValue.Hidden)
        {
            w.WriteStringValue(before is not { } old || StateComparer.Exact.Same(old, value) ? ShownValue.Hidden : Changed);
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            WriteMembers(w, value, before);
        }
        else if (value.ValueKind is JsonValueKind.Array)
        {
            WriteItems(w, at, value, before);
        }
        else
        {
            value.WriteTo(w);
        }
    }

    /// <summary>Of a pair of name and value, the name says whether the value is a secret.</summary>
    private static void WriteMembers(Utf8JsonWriter w, JsonElement value, JsonElement? before)
    {
        var name = value.TextOf("Key") ?? value.TextOf("Name") ?? value.TextOf("key") ?? value.TextOf("name");
        w.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            w.WritePropertyName(member.Name);
            Write(w, member.Name is "Value" or "value" ? name ?? member.Name : member.Name, member.Value, before?.Member(member.Name));
        }

        w.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter w, string at, JsonElement value, JsonElement? before)
    {
        w.WriteStartArray();
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            Write(w, at, item, before is not { } list ? null : list.IsList() && index < list.GetArrayLength() ? list[index] : Json.Null);
        }

        w.WriteEndArray();
    }
}
