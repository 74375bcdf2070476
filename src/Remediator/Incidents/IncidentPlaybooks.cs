using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>The playbook of an incident as it was when its change was planned: an undo does what that playbook meant.</summary>
internal sealed class IncidentPlaybooks(PlaybookLibrary library)
{
    /// <exception cref="UnknownPlaybookException">This deployment does not have the text.</exception>
    public Playbook Of(PlannedChange change) => change.Recorded is { } recorded
        ? CombinedPlaybook.Of(
            change.Inputs.Member("resource").TextOf("type") ?? "", [.. recorded.Playbooks.Select(p => library.Version(p.Name, p.Hash))])
        : library.Version(change.Playbook, change.PlaybookHash);
}
