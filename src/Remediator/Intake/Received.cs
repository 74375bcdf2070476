using Remediator.Incidents;

namespace Remediator.Intake;

/// <summary>What an SQS record turned out to be.</summary>
internal abstract record Received
{
    private Received()
    {
    }

    internal sealed record Change(ComplianceChange Of) : Received;

    /// <summary>The sweep says that an incident is due.</summary>
    internal sealed record Due(string IncidentKey) : Received;

    /// <summary>An event that asks for nothing.</summary>
    internal sealed record Ignored(string Why) : Received;

    /// <summary>No event that this service can read: the record fails, so that it reaches the dead-letter queue and is seen.</summary>
    internal sealed record Rejected(string Why) : Received;
}
