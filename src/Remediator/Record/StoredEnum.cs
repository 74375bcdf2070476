using System.Text.Json;
using System.Text.Json.Serialization;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>An enum as the journal holds it: by name, one that only a later version knows among them.</summary>
internal sealed class StoredEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.GetString() is { } name
            ? LaterValues.Read<T>(name)
            : throw new JsonException($"A {typeof(T).Name} is stored by its name.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.StoredName());
}
