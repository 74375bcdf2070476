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
}
