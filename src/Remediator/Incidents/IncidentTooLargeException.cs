namespace Remediator.Incidents;

/// <summary>
/// An incident with its before-state and calls does not fit into the journal: nothing may be changed that cannot be put back.
/// </summary>
internal sealed class IncidentTooLargeException(string incident, int bytes, int most)
    : Exception(
        $"Incident {incident} takes {bytes / 1024} KiB with its before-state and its calls, and the journal keeps {most / 1024} KiB.")
{
    public string Incident => incident;
}
