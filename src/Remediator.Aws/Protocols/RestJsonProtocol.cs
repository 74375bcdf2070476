using System.Buffers;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>restJson1.</summary>
internal sealed class RestJsonProtocol : RestProtocol
{
    public static readonly RestJsonProtocol Instance = new();

    public override WireError ReadError(OperationModel operation, WireResponse response) => JsonErrors.Read(operation, response);

    protected override void WriteBody(OperationModel operation, JsonElement input, TokenSource tokens, WireRequest request) =>
        WriteJson(request, writer => new JsonBody(writer, tokens).WriteStructure(operation.Input!, input, bodyOnly: true));

    protected override void WriteStructuredPayload(Member payload, JsonElement value, TokenSource tokens, WireRequest request) =>
        WriteJson(request, writer => new JsonBody(writer, tokens).Write(payload, value));

    protected override void WriteAbsentPayload(Member payload, WireRequest request)
    {
        if (payload.Shape is { Type: ShapeType.Structure, IsUnion: false, IsDocument: false })
        {
            WriteJson(request, writer =>
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            });
        }
    }

    protected override void ReadBody(OperationModel operation, Shape shape, WireResponse response, Utf8JsonWriter output)
    {
        if (!JsonReading.IsBlank(response.Body.Span))
        {
            var reader = JsonReading.Open(response.Body.Span);
            JsonReading.ReadMembers(ref reader, shape, output, bodyOnly: true);
        }
    }

    protected override void ReadStructuredPayload(Member payload, WireResponse response, Utf8JsonWriter output)
    {
        if (!JsonReading.IsBlank(response.Body.Span))
        {
            output.WritePropertyName(payload.OutputName);
            var reader = JsonReading.Open(response.Body.Span);
            JsonReading.Read(ref reader, payload.Shape, output);
        }
    }

    private static void WriteJson(WireRequest request, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Output.Options))
        {
            write(writer);
        }

        request.Body = buffer.WrittenMemory;
        request.Headers.TryAdd("Content-Type", "application/json");
    }
}
