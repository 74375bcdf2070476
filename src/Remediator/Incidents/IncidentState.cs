namespace Remediator.Incidents;

/// <summary>Where an incident stands.</summary>
/// <remarks>The table of what is durable when, who moves an incident, and to which state: <see cref="Transitions"/>.</remarks>
internal enum IncidentState
{
    Open,
    Observed,
    AwaitingApproval,
    Applying,
    Verifying,
    Pending,
    Fixed,
    Undoing,
    Held,
    Escalated,
    Closed,
}
