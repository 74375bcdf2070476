using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Remediator.Incidents;

namespace Remediator.Record;

/// <summary>The journal's own documents: strict, so that nothing is lost unseen.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Incident))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>DynamoDB takes 400 KB an item: what people read beside this is a few of them.</summary>
    public const int MostBytes = 380_000;

    /// <summary>A change that begins leaves room for the calls of its undo and for what is read back.</summary>
    public const int MostBytesAtBegin = MostBytes / 2;

    /// <exception cref="IncidentTooLargeException">It takes more than so many bytes.</exception>
    public static byte[] Pack(Incident incident, int most)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, incident, Default.Incident);
        }

        var bytes = packed.ToArray();
        return bytes.Length <= most ? bytes : throw new IncidentTooLargeException(incident.Id, bytes.Length, most);
    }

    public static Incident Unpack(Stream packed)
    {
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(gzip, Default.Incident)
            ?? throw new JsonException("The journal holds an empty incident.");
    }
}
