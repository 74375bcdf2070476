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

    /// <summary>As machines read it: in logs, metrics and the command line's JSON.</summary>
    public string Name => this switch
    {
        Skipped => "skipped",
        Busy => "busy",
        Observed or Foreseen => "observed",
        AwaitingApproval => "awaiting-approval",
        AlreadyRight => "already-right",
        Fixed => "fixed",
        Pending => "pending",
        Escalated => "escalated",
        Contained => "contained",
        Closed => "closed",
        Undone => "undone",
        Done => "done",
        Conflict => "conflict",
        Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(Name), this, "An outcome without a name."),
    };

    /// <summary>The incident it is about; null where there is none, or it was not looked at.</summary>
    public Incident? About => this switch
    {
        Observed(var i) => i,
        AwaitingApproval(var i) => i,
        AlreadyRight(var i) => i,
        Fixed(var i) => i,
        Pending(var i) => i,
        Escalated(var i) => i,
        Contained(var i) => i,
        Closed(var i) => i,
        Undone(var i) => i,
        Done(var i, _) => i,
        Conflict(var i, _) => i,
        _ => null,
    };

    /// <summary>The plan that was carried out, or would be; null where there is none.</summary>
    public Plan? Plan => this switch
    {
        Foreseen(var would) => would.Plan,
        Observed or AwaitingApproval or Fixed or Undone => About?.Plan,
        _ => About is { IsChanged: true } changed ? changed.Plan : null,
    };

    /// <summary>The reason in words: for an escalation its name first.</summary>
    public string? Reason => this switch
    {
        Skipped(var why) => why,
        Busy(var why) => why,
        Refused(var why) => why,
        Done(_, var what) => what,
        Escalated(var i) => $"{i.Reason?.Name()}: {i.Detail}",
        AwaitingApproval(var i) => $"{i.Reason?.Name()}: {i.Detail}",
        Contained(var i) => i.Detail,
        Observed({ Reason: { } reason } i) => $"{reason.Name()}: {i.Detail}",
        Foreseen({ Reason: { } reason } i) => $"{reason.Name()}: {i.Detail}",
        Foreseen(var i) => i.Detail,
        Pending(var i) => i.Entries.LastOrDefault()?.What,
        Conflict(_, var differences) => $"somebody changed {Sentences.PathList(differences.Select(d => d.At))}",
        _ => null,
    };

    /// <summary>Nothing had to be done.</summary>
    internal sealed record Skipped(string Why) : Outcome;

    /// <summary>Another worker has the resource: to be tried again.</summary>
    internal sealed record Busy(string Why) : Outcome;

    internal sealed record Observed(Incident Incident) : Outcome;

    /// <summary>What would be done, of an incident that is in no journal.</summary>
    internal sealed record Foreseen(Incident Would) : Outcome;

    internal sealed record AwaitingApproval(Incident Incident) : Outcome;

    /// <summary>The live setting was right: nothing was called.</summary>
    internal sealed record AlreadyRight(Incident Incident) : Outcome;

    /// <summary>Changed, read back and found right.</summary>
    internal sealed record Fixed(Incident Incident) : Outcome;

    /// <summary>Not at its end; the sweep goes on with it when it is due.</summary>
    internal sealed record Pending(Incident Incident) : Outcome;

    /// <summary>A person was called.</summary>
    internal sealed record Escalated(Incident Incident) : Outcome;

    /// <summary>Changed after a person's yes and read back: harm is kept away, and what the rule asks for is left to people.</summary>
    internal sealed record Contained(Incident Incident) : Outcome;

    internal sealed record Closed(Incident Incident) : Outcome;

    /// <summary>Put back as it was before, and held.</summary>
    internal sealed record Undone(Incident Incident) : Outcome;

    /// <summary>What a person asked for was done; null where it is about no one incident.</summary>
    internal sealed record Done(Incident? Incident, string What) : Outcome;

    /// <summary>The undo stopped: the resource no longer holds what was written.</summary>
    internal sealed record Conflict(Incident Incident, ImmutableArray<Difference> Differences) : Outcome;

    /// <summary>A command that does not fit the incident, and why.</summary>
    internal sealed record Refused(string Why) : Outcome;
}
