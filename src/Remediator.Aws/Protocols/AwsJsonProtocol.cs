using System.Buffers;
using System.Text.Json;
using Remediator.Aws.Models;

namespace Remediator.Aws.Protocols;

/// <summary>awsJson1.0 and awsJson1.1: the whole input or output is one JSON body.</summary>
internal sealed class AwsJsonProtocol : Protocol
{
    public static readonly AwsJsonProtocol Instance = new();

    public override WireRequest Write(OperationModel operation, JsonElement input, TokenSource tokens)
    {
        var metadata = operation.Service.Metadata;
        var request = new WireRequest(operation.Http.Method, operation.Http.Path);
        request.Headers["X-Amz-Target"] = $"{metadata.TargetPrefix}.{operation.Name}";
        request.Headers["Content-Type"] = $"application/x-amz-json-{metadata.JsonVersion}";
        if (metadata.AwsQueryCompatible)
        {
            request.Headers["x-amzn-query-mode"] = "true";
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Output.Options))
        {
            if (operation.Input is { } shape)
            {
                new JsonBody(writer, tokens).WriteStructure(shape, input);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }
        }

        request.Body = buffer.WrittenMemory;
        return request;
    }

    public override void Read(OperationModel operation, WireResponse response, Utf8JsonWriter output)
    {
        output.WriteStartObject();
        if (operation.Output is { } shape && !JsonReading.IsBlank(response.Body.Span))
        {
            var reader = JsonReading.Open(response.Body.Span);
            JsonReading.ReadMembers(ref reader, shape, output);
        }

        output.WriteEndObject();
    }

    public override WireError ReadError(OperationModel operation, WireResponse response) => JsonErrors.Read(operation, response);
}
