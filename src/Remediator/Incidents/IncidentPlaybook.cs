using Remediator.Playbooks;

namespace Remediator.Incidents;

/// <summary>The playbook of an incident as it was when its change was planned: an undo does what that playbook meant.</summary>
internal static class IncidentPlaybook
{
    /// <summary>
    /// Words that this version does not know are passed over: the text was checked by the version that planned with it, and what was
    /// changed has to stay undoable after a deployment was rolled back.
    /// </summary>
    public static Playbook Of(PlannedChange change) => PlaybookReader.ReadStored(change.Playbook, change.PlaybookSource);

    /// <summary>What a person does by hand; null where no playbook was used, or its text cannot be read any more.</summary>
    public static string? ManualOf(Incident incident)
    {
        try
        {
            return incident.Change is { } change ? Of(change).Manual : null;
        }
        catch (InvalidFileException)
        {
            // A notice without it is better than no notice.
            return null;
        }
    }
}
