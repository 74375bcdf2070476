using Remediator.Incidents;

namespace Remediator.Guard;

/// <summary>A resource that Config sees for the first time is left to whoever sets it up.</summary>
internal static class Settling
{
    /// <summary>Until when it is left alone; null once it is not.</summary>
    public static DateTimeOffset? Until(Incident incident, TimeSpan? settle, DateTimeOffset now) =>
        incident is { Origin.IsFirst: true, IsUrged: false } && incident.OpenedAt + settle is { } until && until > now ? until : null;
}
