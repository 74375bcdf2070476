using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>One notice: the incident as it stands, and the manual steps of its playbook.</summary>
internal sealed record Notice(NoticeKind Kind, Incident Incident, string? Manual)
{
    /// <summary>The same for every message about one incident: what pagers deduplicate by.</summary>
    public string Key => $"remediator/{Incident.Id}";

    public string Severity => Kind is NoticeKind.Resolved ? "info" : Incident.Terms.Severity.Name();

    /// <summary>What an incident that waits for people has to tell them.</summary>
    public static Notice Of(Incident incident) => new(
        incident.State is IncidentState.AwaitingApproval ? NoticeKind.Approval : NoticeKind.Escalation, incident, IncidentPlaybook.ManualOf(incident));
}
