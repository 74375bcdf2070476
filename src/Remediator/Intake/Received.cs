using Remediator.Incidents;

namespace Remediator.Intake;

/// <summary>What an SQS record turned out to be.</summary>
internal abstract record Received
{
    /// <summary>The source of the events that 'doctor' sends: no service of AWS, and nothing that Config says.</summary>
    internal const string ProbeSource = "remediator.doctor";

    private Received()
    {
    }

    internal sealed record Change(ComplianceChange Of) : Received;

    /// <summary>The sweep says that an incident is due.</summary>
    internal sealed record Due(string IncidentKey) : Received;

    /// <summary>CloudWatch says that an alarm rings.</summary>
    internal sealed record AlarmRang(string Account, string Region, string Name) : Received;

    /// <summary>An event that asks for nothing.</summary>
    internal sealed record Ignored(string Why) : Received;

    /// <summary>An event that shows by its arrival that the way here is whole, and asks for nothing.</summary>
    internal sealed record Probe(string Id, string Account, string Region) : Received;

    /// <summary>No event that this service can read: the record fails, so that it reaches the dead-letter queue and is seen.</summary>
    internal sealed record Rejected(string Why) : Received;
}
