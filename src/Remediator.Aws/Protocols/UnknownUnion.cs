using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>A member of a union that the model does not have: reported by name, as in boto3, but not read.</summary>
internal static class UnknownUnion
{
    /// <summary>Consumes the property at the reader's position, and its value.</summary>
    public static void Read(ref Utf8JsonReader reader, Utf8JsonWriter output)
    {
        var name = reader.GetString() ?? "";
        reader.Read();
        if (name != "__type" && reader.TokenType != JsonTokenType.Null)
        {
            Write(name, output);
        }

        reader.Skip();
    }

    public static void Write(string name, Utf8JsonWriter output)
    {
        output.WriteStartObject("SDK_UNKNOWN_MEMBER");
        output.WriteString("name", name);
        output.WriteEndObject();
    }
}
