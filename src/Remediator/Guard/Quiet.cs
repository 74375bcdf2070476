using Remediator.Incidents;

namespace Remediator.Guard;

/// <summary>Whether somebody is at work on a resource.</summary>
internal static class Quiet
{
    /// <summary>Until when it is left alone; null where nobody changed it for long enough.</summary>
    public static DateTimeOffset? Until(DateTimeOffset? lastChange, TimeSpan quiet, DateTimeOffset now) =>
        lastChange + quiet is { } until && until > now ? until : null;

    public static bool IsOver(Incident incident, DateTimeOffset now) => now - incident.OpenedAt > Limits.QuietPatience;
}
