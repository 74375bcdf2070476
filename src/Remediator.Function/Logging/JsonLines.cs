using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Remediator.Function.Logging;

/// <summary>Writes one JSON object a line; lines of several threads do not mix.</summary>
internal sealed class JsonLines(Stream output)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly Lock gate = new();

    public void Write<TState>(TState state, Action<Utf8JsonWriter, TState> members)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            members(json, state);
            json.WriteEndObject();
        }

        line.Write(NewLine);
        lock (gate)
        {
            output.Write(line.WrittenSpan);
            output.Flush();
        }
    }
}
