using System.Collections.Immutable;
using Remediator.Values;

namespace Remediator.Incidents;

/// <summary>Why automation stopped, as people read it.</summary>
internal static class Sentences
{
    public const string PlanningDefect = "Planning failed because of a defect in this program; nothing was changed.";

    public const string ChangingDefect =
        "A defect in this program kept the change from being completed; what was changed so far is in place.";

    /// <summary>What was approved is no longer what would be done.</summary>
    public const string OtherPlan = "The resource changed since the plan was shown: this is the plan now.";

    /// <summary>A part of the change is made, and the policy does not let the rest be made any more.</summary>
    public const string RestObserved = "the policy only observes by now: what is left of the change waits";

    public static string Conflict(ImmutableArray<Difference> differences) =>
        $"Somebody else changed it at the same time: {PathList(differences.Select(d => d.At))}.";

    public static string NotVerified(string step, ImmutableArray<string> at) =>
        $"The calls went through, but the {step} is still not right: {PathList(at)}.";

    /// <summary>The places in words, each once.</summary>
    public static string PathList(IEnumerable<string> at) => string.Join(", ", at.Distinct());

    public static string OverBudget(Budget budget) =>
        $"The {budget.Limit} changes an hour that the policy allows {(budget.Name is "all" ? "in all" : $"for {budget.Name}")} are used "
        + $"up until {budget.WindowEnds:u}.";

    public static string OutOfUse(Budget breaker) => $"the playbook failed too often and is out of use until {breaker.WindowEnds:u}";

    public static string Flapping(int reverts, string who) =>
        $"The fix was reverted {(reverts == 1 ? "once" : $"{reverts} times")}: whoever does that has to be found first.{who}";

    public static string AlarmRang(string alarm, DateTimeOffset? at) =>
        $"Alarm {alarm} went into alarm{(at is { } time ? $" at {time:u}" : "")}, soon after the change.";

    public static string NotQuiet(RecordedOrigin? recorded) => $"For a day it has been changed again and again. {recorded?.ChangedBy}";

    public static string NotBegun(PlannedChange change, DateTimeOffset now) =>
        $"{change.Runbook?.Still(now) ?? $"The {change.Plan.Steps[change.Step].Step} does not read right in the time that it has."} "
        + "What comes after it was not begun, and nothing was put back.";

    public static string Announced(DateTimeOffset until, string? wait) =>
        $"It is changed at {until:u} by itself, unless somebody holds or exempts it before.{(wait is null ? "" : $" {wait}")}";

    public static string MayRunOn(string why, StartedRunbook runbook) =>
        $"{why} {runbook.Name} was started, execution {runbook.Execution}, and may run on: nothing was stopped or put back.";
}
