using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Remediator.Aws.Protocols;

/// <summary>Builds JSON.</summary>
internal static class Output
{
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
        SkipValidation = true,
    };

    /// <summary>One object, with members written by the given actions.</summary>
    public static JsonElement Write(params ReadOnlySpan<Action<Utf8JsonWriter>> parts)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var output = new Utf8JsonWriter(buffer, Options))
        {
            output.WriteStartObject();
            foreach (var part in parts)
            {
                part(output);
            }

            output.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = 1000 });
    }
}
