using Remediator.Incidents;

namespace Remediator;

/// <summary>Outcomes as machines read them: in logs, metrics and the command line's JSON.</summary>
internal static class OutcomeNames
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Skipped => "skipped",
        Outcome.Busy => "busy",
        Outcome.Observed => "observed",
        Outcome.AwaitingApproval => "awaiting-approval",
        Outcome.AlreadyRight => "already-right",
        Outcome.Fixed => "fixed",
        Outcome.Pending => "pending",
        Outcome.Escalated => "escalated",
        Outcome.Closed => "closed",
        Outcome.Undone => "undone",
        Outcome.Conflict => "conflict",
        Outcome.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a name."),
    };

    public static Incident? Incident(Outcome outcome) => outcome switch
    {
        Outcome.Observed(var i) => i,
        Outcome.AwaitingApproval(var i) => i,
        Outcome.AlreadyRight(var i) => i,
        Outcome.Fixed(var i) => i,
        Outcome.Pending(var i) => i,
        Outcome.Escalated(var i) => i,
        Outcome.Closed(var i) => i,
        Outcome.Undone(var i) => i,
        Outcome.Conflict(var i, _) => i,
        _ => null,
    };

    /// <summary>The reason in words: for an escalation its name first.</summary>
    public static string? Why(Outcome outcome) => outcome switch
    {
        Outcome.Skipped(var why) => why,
        Outcome.Busy(var why) => why,
        Outcome.Refused(var why) => why,
        Outcome.Escalated(var i) => $"{i.Reason?.Name()}: {i.Detail}",
        Outcome.AwaitingApproval(var i) => $"{i.Reason?.Name()}: {i.Detail}",
        Outcome.Pending(var i) => i.Entries.LastOrDefault()?.What,
        Outcome.Conflict(_, var differences) => $"somebody changed {string.Join(", ", differences.Select(d => d.At))}",
        _ => null,
    };
}
