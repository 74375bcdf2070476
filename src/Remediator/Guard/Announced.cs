using Remediator.Incidents;

namespace Remediator.Guard;

/// <summary>Where the policy says so, people hear of a change before it is made.</summary>
internal static class Announced
{
    /// <summary>
    /// Until when a plan waits; null where it may be carried out. The time counts from the notice that told of this very plan, and where
    /// nobody heard of it yet, from now.
    /// </summary>
    public static DateTimeOffset? Until(Incident incident, Plan plan, TimeSpan? before, DateTimeOffset now) =>
        before is not { Ticks: > 0 } time ? null
        : incident.Telling.Announced is not { } announced || announced.Plan != plan.Identity ? now + time
        : announced.At + time is var until && until > now ? until
        : null;
}
