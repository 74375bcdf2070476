using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Playbooks;

namespace Remediator.Escalate;

/// <summary>One notice: the incident as it stands, and what is known of its playbook and rule.</summary>
internal sealed record Notice(NoticeKind Kind, Incident Incident)
{
    /// <summary>Null where no playbook is known, or its text cannot be read.</summary>
    public PlaybookWords? Playbook { get; init; }

    /// <summary>For a rule that no playbook answers.</summary>
    public RuleGuide? Guide { get; init; }

    /// <summary>How earlier changes of the rule fared with people; empty where there is nothing to say.</summary>
    public string Earlier { get; init; } = "";

    /// <summary>The team that is called in place of the owner, because nobody took it on; null for the owner.</summary>
    public SecondStep? Further { get; init; }

    /// <summary>The deployed function that takes commands; null where it is not known.</summary>
    public OperateFunction? Operate { get; init; }

    /// <summary>The same for every message about one incident: what pagers deduplicate by.</summary>
    public string Key => $"remediator/{Incident.Id}";

    public string Severity => Kind is NoticeKind.Resolved ? "info" : Incident.Terms.Severity.Name();

    /// <summary>What an incident that waits for people has to tell them.</summary>
    public static Notice Of(Incident incident) =>
        new(incident.State is IncidentState.AwaitingApproval ? NoticeKind.Approval : NoticeKind.Escalation, incident);

    /// <summary>By what it is filtered: the end of an incident by all that was told of it.</summary>
    public ImmutableArray<Route> Routes => Kind is NoticeKind.Resolved ? Route.OfEnd(Incident) : [Route.Of(Incident, Further?.Owner)];

    public static string EventType(NoticeKind kind) => kind switch
    {
        NoticeKind.Resolved => "remediation_resolved",
        NoticeKind.Approval => "approval_needed",
        _ => "remediation_failed",
    };
}
