using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>
/// The journal's own documents. Whatever an earlier version wrote is read, and what a later one added is kept: an incident stays open for
/// months, over many deployments, forward and back.
/// </summary>
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(StoredEnum<IncidentState>),
        typeof(StoredEnum<Reason>),
        typeof(StoredEnum<Mode>),
        typeof(StoredEnum<Severity>),
        typeof(StoredEnum<EntryKind>),
        typeof(StoredEnum<NoticeState>),
        typeof(StoredEnum<NoticeKind>),
        typeof(StoredEnum<OrderKind>),
    ])]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(StandingOrder))]
[JsonSerializable(typeof(ImmutableArray<RolloutState>))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>DynamoDB takes 400 KB an item: what people read beside this is a few of them.</summary>
    public const int MostBytes = 380_000;

    /// <summary>A change that begins leaves room for the calls of its undo and for what is read back.</summary>
    public const int MostBytesAtBegin = MostBytes / 2;

    /// <summary>
    /// Packs an incident. Its history, bounded by itself, and what is said of its state always find room: a note ends no run.
    /// </summary>
    /// <exception cref="IncidentTooLargeException">What it holds beside them takes more than so many bytes.</exception>
    public static byte[] Pack(Incident incident, int most)
    {
        var bytes = Pack(incident);
        return bytes.Length <= most || Pack(incident with { Entries = [], Detail = null }).Length <= most
            ? bytes
            : throw new IncidentTooLargeException(incident.Id, bytes.Length, most);
    }

    private static byte[] Pack(Incident incident)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var text = new Utf8JsonWriter(gzip))
        {
            IncidentWriter.Write(text, incident);
        }

        return packed.ToArray();
    }

    public static Incident Unpack(Stream packed)
    {
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var text = new MemoryStream();
        gzip.CopyTo(text);
        return Read(text.ToArray());
    }

    /// <exception cref="JsonException">It is no incident of any version.</exception>
    public static Incident Read(ReadOnlySpan<byte> text)
    {
        var incident = text.StartsWith("{\"v\":"u8) && !text.StartsWith("{\"v\":2,"u8)
            ? JsonSerializer.Deserialize(text, Default.Incident)
            : FirstShape.Upgrade(JsonNode.Parse(text)).Deserialize(Default.Incident);
        return incident is null
            ? throw new JsonException("The journal holds an empty incident.")
            : incident with { Shape = Incidents.Incident.CurrentShape };
    }
}
