using Remediator.Incidents;

namespace Remediator.Verify;

/// <summary>
/// The resource was read and found right, AWS Config found it wrong after that, and it still reads right: one of the two does not look
/// at what the other looks at, and only a person can tell which.
/// </summary>
internal static class Dispute
{
    private const int MostShown = 600;

    /// <summary>Asked where the resource has just been read as right (again): what to tell people; null where nobody disagrees.</summary>
    /// <param name="seen">What was read, step by step.</param>
    public static string? Of(Incident incident, string seen) => incident.Terms.Mode is not Mode.Observe && IsOne(incident)
        ? $"AWS Config found it wrong at {incident.Origin.RecordedAt:u}, after the setting had been read as right, and playbook "
            + $"{incident.Playbook} still sees nothing wrong. It read {(seen.Length <= MostShown ? seen : seen[..MostShown] + " …")}. "
            + "The rule looks at something that the playbook does not, or at an older state."
        : null;

    private static bool IsOne(Incident incident) => incident.Reason is Reason.Disputed

        // What a person asks for again is no word of Config.
        || (incident is { State: IncidentState.Fixed, FixedAt: { } read, Origin.Asked: null } && incident.Origin.RecordedAt > read);
}
