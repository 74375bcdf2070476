using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Authoring.Catalog;

namespace Remediator.Function.Handlers;

/// <summary>Lambda's envelope around messages of SQS: read on the way in, and the answer to it.</summary>
internal static class QueueBatch
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <exception cref="JsonException">
    /// This is no batch of messages. It is thrown for the batch as a whole, since a message without an id cannot be handed back alone.
    /// </exception>
    public static ImmutableArray<QueueRecord> Read(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload, Options);
        if (Member(document.RootElement, "Records", JsonValueKind.Array) is not { } records)
        {
            throw new JsonException("The event is not a batch of SQS messages: it has no array 'Records'.");
        }

        return [.. records.EnumerateArray().Select(ReadRecord)];
    }

    public static byte[] Answer(IEnumerable<string> failedMessageIds)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batchItemFailures"u8);
            foreach (var id in failedMessageIds)
            {
                json.WriteStartObject();
                json.WriteString("itemIdentifier"u8, id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static QueueRecord ReadRecord(JsonElement record, int index)
    {
        if (Text(record, "messageId") is not { Length: > 0 } id || Text(record, "body") is not { } body)
        {
            throw new JsonException($"Record {index} of the batch has no messageId or no body.");
        }

        return new QueueRecord(id, body, ReceiveCount(record), Text(record, "eventSourceARN") ?? "");
    }

    private static int ReceiveCount(JsonElement record) =>
        Member(record, "attributes", JsonValueKind.Object) is { } attributes
            && int.TryParse(Text(attributes, "ApproximateReceiveCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : 0;

    private static string? Text(JsonElement of, string name) => Member(of, name, JsonValueKind.String)?.GetString();

    private static JsonElement? Member(JsonElement of, string name, JsonValueKind kind) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
