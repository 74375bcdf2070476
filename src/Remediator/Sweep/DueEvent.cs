using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Sweep;

/// <summary>Tells a worker that an incident is due. It says no more than which one: what is to be done stands in the journal.</summary>
internal static class DueEvent
{
    public static string Of(Incident incident) => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("source"u8, "remediator.sweep");
        w.WriteString("detail-type"u8, "Incident Due");
        w.WriteStartObject("detail"u8);
        w.WriteString("incidentKey"u8, incident.Key);
        w.WriteEndObject();
        w.WriteEndObject();
    }).GetRawText();
}
