using Remediator.Incidents;

namespace Remediator.Guard;

/// <summary>A fix that keeps coming undone: somebody, or something, works against it.</summary>
internal static class Flapping
{
    public static bool Is(Incident incident, Limits limits, DateTimeOffset now) => RevertsOf(incident, limits, now) >= limits.MostReverts;

    /// <summary>A fix of ours that is wrong again was reverted by somebody; one that held for long starts the count anew.</summary>
    public static int RevertsOf(Incident incident, Limits limits, DateTimeOffset now) =>
        incident is not { State: IncidentState.Fixed, IsChanged: true }
            ? incident.Reverts
            : now - (incident.FixedAt ?? incident.ChangedAt) <= limits.RevertWindow ? incident.Reverts + 1 : 1;
}
