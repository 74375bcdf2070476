using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

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
    public static byte[] Pack(Incident incident)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, incident, Default.Incident);
        }

        return packed.ToArray();
    }

    public static Incident Unpack(Stream packed)
    {
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(gzip, Default.Incident)
            ?? throw new JsonException("The journal holds an empty incident.");
    }
}
