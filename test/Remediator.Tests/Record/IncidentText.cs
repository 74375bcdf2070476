using System.Buffers;
using System.Text;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Record;

namespace Remediator.Tests.Record;

/// <summary>An incident as the journal stores it, unpacked.</summary>
internal static class IncidentText
{
    public static string Of(Incident incident)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            IncidentWriter.Write(writer, incident);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
