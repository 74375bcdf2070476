using System.Text;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>What restJson1 and restXml share: everything except the format of a structured body.</summary>
internal abstract class RestProtocol : Protocol
{
    public override WireRequest Write(OperationModel operation, JsonElement input, TokenSource tokens)
    {
        var request = new WireRequest(operation.Http.Method, operation.Http.Path);
        var hasBody = RestRequests.WriteHead(operation, input, tokens, request);
        if ((operation.Payload ?? operation.Input?.Payload) is { } payload)
        {
            WritePayload(operation.Input!.Members[payload], input, tokens, request);
        }
        else if (hasBody)
        {
            WriteBody(operation, input, tokens, request);
        }

        return request;
    }

    public override void Read(OperationModel operation, WireResponse response, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        if (operation.Output is { } shape)
        {
            RestResponses.ReadHead(shape, response, output);
            if (shape.Payload is { } payload)
            {
                ReadPayload(shape.Members[payload], response, output);
            }
            else
            {
                ReadBody(operation, shape, response, output);
            }
        }

        output.WriteEndObject();
    }

    protected abstract void WriteBody(OperationModel operation, JsonElement input, TokenSource tokens, WireRequest request);

    protected abstract void WriteStructuredPayload(Member payload, JsonElement value, TokenSource tokens, WireRequest request);

    /// <summary>The body that is sent when the payload member is absent.</summary>
    protected abstract void WriteAbsentPayload(Member payload, WireRequest request);

    protected abstract void ReadBody(OperationModel operation, Shape shape, WireResponse response, Utf8JsonWriter output);

    protected abstract void ReadStructuredPayload(Member payload, WireResponse response, Utf8JsonWriter output);

    private void WritePayload(Member payload, JsonElement input, TokenSource tokens, WireRequest request)
    {
        if (!InputValue.TryGet(input, payload.Name, out var value))
        {
            WriteAbsentPayload(payload, request);
            if (payload.Shape.Type == ShapeType.Blob)
            {
                request.Headers.TryAdd("Content-Type", "application/octet-stream");
            }

            return;
        }

        switch (payload.Shape.Type)
        {
            case ShapeType.Blob:
                request.Body = value.GetBytesFromBase64();
                request.Headers.TryAdd("Content-Type", "application/octet-stream");
                break;
            case ShapeType.String:
                request.Body = Encoding.UTF8.GetBytes(value.GetString() ?? "");
                request.Headers.TryAdd("Content-Type", "text/plain");
                break;
            default:
                WriteStructuredPayload(payload, value, tokens, request);
                break;
        }
    }

    private void ReadPayload(Member payload, WireResponse response, Utf8JsonWriter output)
    {
        switch (payload.Shape.Type)
        {
            case ShapeType.Blob:
                output.WriteBase64String(payload.Name, response.Body.Span);
                break;
            case ShapeType.String when !response.Body.IsEmpty:
                output.WriteString(payload.Name, response.Body.Span);
                break;
            case ShapeType.String:
                break;
            default:
                ReadStructuredPayload(payload, response, output);
                break;
        }
    }
}
