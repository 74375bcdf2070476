using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>JSON as compact text.</summary>
internal static class JsonText
{
    public static string Of(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Output.Options))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
