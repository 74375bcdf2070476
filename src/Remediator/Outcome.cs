using System.Collections.Immutable;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator;

/// <summary>How one event, or one command of a person, came to its end for now.</summary>
internal abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>Nothing had to be done.</summary>
    internal sealed record Skipped(string Why) : Outcome;

    /// <summary>Another worker has the resource: to be tried again.</summary>
    internal sealed record Busy(string Why) : Outcome;

    internal sealed record Observed(Incident Incident) : Outcome;

    internal sealed record AwaitingApproval(Incident Incident) : Outcome;

    /// <summary>The live setting was right: nothing was called.</summary>
    internal sealed record AlreadyRight(Incident Incident) : Outcome;

    /// <summary>Changed, read back and found right.</summary>
    internal sealed record Fixed(Incident Incident) : Outcome;

    /// <summary>Not at its end; the sweep goes on with it when it is due.</summary>
    internal sealed record Pending(Incident Incident) : Outcome;

    /// <summary>A person was called.</summary>
    internal sealed record Escalated(Incident Incident) : Outcome;

    internal sealed record Closed(Incident Incident) : Outcome;

    /// <summary>Put back as it was before, and held.</summary>
    internal sealed record Undone(Incident Incident) : Outcome;

    /// <summary>The undo stopped: the resource no longer holds what was written.</summary>
    internal sealed record Conflict(Incident Incident, ImmutableArray<Difference> Differences) : Outcome;

    /// <summary>A command that does not fit the incident, and why.</summary>
    internal sealed record Refused(string Why) : Outcome;
}
