using Remediator.Playbooks;

namespace Remediator.Incidents;

/// <summary>The playbook of an incident as it was when its change was planned: an undo does what that playbook meant.</summary>
internal sealed class IncidentPlaybooks(PlaybookLibrary library)
{
    /// <exception cref="UnknownPlaybookException">This deployment does not have the text.</exception>
    public Playbook Of(PlannedChange change) => library.Version(change.Playbook, change.PlaybookHash);
}
