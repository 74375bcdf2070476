using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>What people are told about an incident.</summary>
internal enum NoticeKind
{
    /// <summary>Automation stopped: a person has to act.</summary>
    Escalation,

    /// <summary>A person has to agree before anything is changed.</summary>
    Approval,

    /// <summary>It is over; same key as the notice before.</summary>
    Resolved,
}

/// <summary>One notice: the incident as it stands, and the manual steps of its playbook.</summary>
internal sealed record Notice(NoticeKind Kind, Incident Incident, string? Manual)
{
    /// <summary>The same for every message about one incident: what pagers deduplicate by.</summary>
    public string Key => $"remediator/{Incident.Id}";

    public string Severity => Kind is NoticeKind.Resolved ? "info" : Incident.Severity;
}
