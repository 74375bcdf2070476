using System.Collections.Immutable;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Record;

namespace Remediator.Guard;

/// <summary>How often and how long: the numbers that keep the service bounded.</summary>
internal sealed record Limits(Budgets PerHour)
{
    /// <summary>A run that is not over by then stopped without a word: the sweep goes on with it.</summary>
    public TimeSpan RunTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>After a fix, when Config is asked whether it sees it.</summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>When Config must have confirmed: periodic rules run once a day, daily recording adds a day.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(49);

    public TimeSpan VerifyAgain { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>When an incident that waits for people is looked at again.</summary>
    public TimeSpan LookAgain { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After an undo, how long the service keeps its hands off.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A resource that is not found is looked for once more, after Config had time to notice that it is gone.</summary>
    public TimeSpan GoneAgain { get; init; } = TimeSpan.FromMinutes(15);

    public int MostAttempts { get; init; } = 5;

    public int MostReverts { get; init; } = 3;

    /// <summary>A fix that held for longer than this and is wrong again starts the count of reverts anew.</summary>
    public TimeSpan RevertsWithin { get; init; } = RevertWindow;

    /// <summary>So many failures in an hour, and a playbook is out of use until the next one.</summary>
    public int MostFailures { get; init; } = 5;

    /// <summary>So many notices an hour; a summary tells the rest.</summary>
    public int MostNotices { get; init; } = 50;

    /// <summary>How long after a notice each reminder follows.</summary>
    public ImmutableArray<TimeSpan> RemindAfter { get; init; } = [];

    /// <summary>Within this time a fix that comes undone counts as reverted.</summary>
    public static TimeSpan RevertWindow => TimeSpan.FromDays(1);

    public static Limits Of(Policy policy) => new(policy.Budgets)
    {
        MostFailures = policy.Guards.Failures,
        MostReverts = policy.Guards.Reverts,
        RevertsWithin = policy.Guards.RevertWindow,
        MostNotices = policy.Escalations.PerHour,
        RemindAfter = policy.Escalations.RemindAfter,
    };

    public static TimeSpan Backoff(int attempts) => TimeSpan.FromMinutes(Math.Min(60, Math.Pow(3, attempts - 1)));

    public IReadOnlyList<Budget> Budgets(Incident incident, Decision.Act act, DateTimeOffset now)
    {
        var ends = HourEnds(now);
        return
        [
            Failures(incident with { Playbook = act.Playbook.Name }, now),
            new("all", PerHour.PerHour, ends),
            new($"account {incident.Resource.Account}", PerHour.PerAccount, ends),
            new($"playbook {act.Playbook.Name}", PerHour.PerPlaybook, ends),
        ];
    }

    /// <summary>The breaker of a playbook: the hour's failures are counted, and changes only look at the count.</summary>
    public Budget Failures(Incident incident, DateTimeOffset now) =>
        new($"failures of playbook {incident.Playbook}", MostFailures, HourEnds(now)) { IsBreaker = true };

    /// <summary>That a playbook's breaker is half-open or open in an hour, and that people know already.</summary>
    public static Budget OpenBreaker(Incident incident, DateTimeOffset now) => new($"open breaker of playbook {incident.Playbook}", int.MaxValue, HourEnds(now));

    /// <summary>The notices of an hour.</summary>
    public Budget Notices(DateTimeOffset now) => new("notices", MostNotices, HourEnds(now));

    /// <summary>That an hour's summary was sent.</summary>
    public static Budget Summary(DateTimeOffset now) => new("summary", 1, HourEnds(now));

    /// <summary>When the next reminder of an incident is due; null where there is none.</summary>
    public DateTimeOffset? Reminder(Incident incident) =>
        incident is { Notice: NoticeState.Sent, AcknowledgedBy: null, ToldAt: { } told } && incident.Reminders < RemindAfter.Length
            ? told + RemindAfter[incident.Reminders]
            : null;

    public static bool CountsAsFailure(Reason reason) =>
        reason is Reason.Failed or Reason.NotVerified or Reason.NotPermitted or Reason.ThrottledOut;

    public static DateTimeOffset HourEnds(DateTimeOffset now) =>
        new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
}
