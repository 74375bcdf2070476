using System.Collections.Immutable;
using Remediator.Incidents;

namespace Remediator.Guard;

/// <summary>
/// How often and how long: the numbers that keep the service bounded. Here, and nowhere else, is what holds where nobody says otherwise.
/// </summary>
internal sealed record Limits
{
    public static Limits Default { get; } = new();

    /// <summary>Longer than the function may run: when it is over, the worker is gone, or can no longer write.</summary>
    public static TimeSpan LeaseTime => TimeSpan.FromSeconds(150);

    /// <summary>With less left of the lease no other call begins: what it writes could no longer be journaled.</summary>
    public static TimeSpan LeaseReserve => TimeSpan.FromSeconds(10);

    /// <summary>How long an event waits for a resource that another worker has.</summary>
    public static TimeSpan ClaimPatience => TimeSpan.FromSeconds(20);

    /// <summary>An incident that was opened, and no more was heard of it: the sweep goes on with it.</summary>
    public static TimeSpan OpenAgain => TimeSpan.FromMinutes(5);

    /// <summary>How old the knowledge may be that changes are allowed.</summary>
    public static TimeSpan StopKnownFor => TimeSpan.FromSeconds(5);

    /// <summary>How old the knowledge may be of how far rising rollouts are.</summary>
    public static TimeSpan RolloutsKnownFor => TimeSpan.FromMinutes(1);

    /// <summary>For the one write that gives an incident back once the run's own time is over.</summary>
    public static TimeSpan HandBackGrace => TimeSpan.FromSeconds(3);

    /// <summary>How long a change may take to show in AWS's own reads: eventual consistency.</summary>
    public static TimeSpan ReadBackFor => TimeSpan.FromSeconds(20);

    /// <summary>So long is waited for quiet before a rollback; then a person is asked.</summary>
    public static TimeSpan QuietPatience => TimeSpan.FromDays(1);

    /// <summary>The least and the most time between two questions to Config whether it sees a fix.</summary>
    public static (TimeSpan Least, TimeSpan Most) ConfirmAgain => (TimeSpan.FromMinutes(5), TimeSpan.FromHours(6));

    /// <summary>So many questions of a playbook are answered beside a plan.</summary>
    public const int EvidenceQueries = 4;

    /// <summary>So many calls are made for them together.</summary>
    public const int EvidenceCalls = 12;

    /// <summary>No question is begun after that.</summary>
    public static TimeSpan EvidenceTime => TimeSpan.FromSeconds(20);

    /// <summary>So many incidents are handled by one sweep itself; the others go to the workers, or stay due.</summary>
    public const int IncidentsPerSweep = 100;

    /// <summary>So many incidents that are due soon are looked at where an alarm rings; the others wait for the sweep.</summary>
    public const int IncidentsPerAlarm = 1000;

    /// <summary>
    /// What may wait in the queue beside the events: more would hold them up. With a sweep in five minutes that is 120,000 an hour.
    /// </summary>
    public const int WaitingMessages = 10_000;

    /// <summary>So many changes an hour are counted in one item of the journal; a larger budget has parts.</summary>
    public const int LargestBudgetPart = 1000;

    /// <summary>How long a closed incident is kept.</summary>
    public static TimeSpan Retention => TimeSpan.FromDays(400);

    /// <summary>So many changes in all an hour.</summary>
    public int ChangesPerHour { get; init; } = 200;

    public int ChangesPerAccount { get; init; } = 100;

    public int ChangesPerPlaybook { get; init; } = 50;

    /// <summary>A run that is not over by then stopped without a word: the sweep goes on with it.</summary>
    public TimeSpan RunTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>After a fix, when Config is asked whether it sees it.</summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>When Config must have confirmed: periodic rules run once a day, daily recording adds a day.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(49);

    public TimeSpan VerifyAgain { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>When an incident that waits for people is looked at again.</summary>
    public TimeSpan LookAgain { get; init; } = TimeSpan.FromDays(1);

    /// <summary>When Config is asked again after it could not be asked.</summary>
    public TimeSpan AskConfigAgain { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When it is looked again whether changes are still stopped.</summary>
    public TimeSpan StoppedAgain { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After an undo, how long the service keeps its hands off.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>So many orders of people may be in force at once: each event is held against all of them.</summary>
    public const int Orders = 500;

    /// <summary>How long an order of a person may last.</summary>
    public static TimeSpan OrderTime => TimeSpan.FromDays(400);

    /// <summary>So long before an exemption ends its owner is reminded; of a shorter one when half of it is over.</summary>
    public TimeSpan ExemptionReminder { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A resource that is not found is looked for once more, after Config had time to notice that it is gone.</summary>
    public TimeSpan GoneAgain { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When the sweep looks again at a notice that could not be sent.</summary>
    public TimeSpan NoticeAgain { get; init; } = TimeSpan.FromMinutes(5);

    public int MostAttempts { get; init; } = 5;

    public int MostReverts { get; init; } = 3;

    /// <summary>A fix that held for longer than this and is wrong again starts the count of reverts anew.</summary>
    public TimeSpan RevertWindow { get; init; } = TimeSpan.FromDays(1);

    /// <summary>So many failures of a playbook in one account in an hour, and it is out of use there until the next one.</summary>
    public int MostFailures { get; init; } = 5;

    /// <summary>In so many accounts a playbook failed too often, and it is out of use in all of them.</summary>
    public int MostFailingAccounts { get; init; } = 3;

    /// <summary>So many notices an hour; a summary tells the rest.</summary>
    public int MostNotices { get; init; } = 50;

    /// <summary>Of those, one account may use half, so that it cannot silence the others; and so many in any case.</summary>
    public int LeastNoticesOfAccount { get; init; } = 10;

    /// <summary>So many notices of one cause are sent one by one; one notice of their problem speaks for the others.</summary>
    public int ProblemAfter { get; init; } = 5;

    /// <summary>A problem is told again, where its incidents have become more, after so long.</summary>
    public static TimeSpan ProblemAgain => TimeSpan.FromHours(1);

    /// <summary>While no incident joins a problem, its end is looked for so often.</summary>
    public static TimeSpan ProblemLooksBack => TimeSpan.FromMinutes(30);

    /// <summary>A process notes that incidents are left to problems once in so long.</summary>
    public static TimeSpan ProblemNoted => TimeSpan.FromMinutes(1);

    /// <summary>From a note to the save of an incident that it speaks for: longer than any run and the time between notes.</summary>
    public static TimeSpan ProblemMargin => TimeSpan.FromMinutes(15);

    /// <summary>How long after a notice each reminder follows.</summary>
    public ImmutableArray<TimeSpan> RemindAfter { get; init; } = [];

    /// <summary>So many resources of the backlog at most in one pass.</summary>
    public int BacklogPerSweep { get; init; } = 100;

    /// <summary>How old a recorded value may be that is rolled back to.</summary>
    public TimeSpan RollbackMaxAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long nobody may have changed a resource before it is rolled back.</summary>
    public TimeSpan RollbackQuiet { get; init; } = TimeSpan.FromHours(1);

    /// <summary>From the end of one round over the backlog to the next.</summary>
    public TimeSpan BacklogEvery { get; init; } = TimeSpan.FromHours(6);

    public bool IsAttemptLeft(Incident incident) => AttemptOf(incident) < MostAttempts;

    public static TimeSpan Backoff(Incident incident) =>
        Spread(incident, TimeSpan.FromMinutes(Math.Min(60, Math.Pow(3, AttemptOf(incident) - 1))));

    /// <summary>When an incident that waits for people, or for nothing in particular, is looked at again.</summary>
    public DateTimeOffset NextLookAt(Incident incident, DateTimeOffset now) => now + Spread(incident, LookAgain);

    /// <summary>The same, and no later than when what keeps the service from it is over.</summary>
    public DateTimeOffset NextLookAt(Incident incident, DateTimeOffset now, DateTimeOffset over) =>
        NextLookAt(incident, now) is var look && look < over ? look : over;

    /// <summary>
    /// Up to a tenth sooner, each incident by its own share: what came in one storm is not looked at again in one moment.
    /// </summary>
    public static TimeSpan Spread(Incident incident, TimeSpan wait) => wait - (wait * (0.1 * ShareOf(incident.Id)));

    /// <summary>When the next reminder of an incident is due; null where there is none.</summary>
    public DateTimeOffset? Reminder(Incident incident) =>
        incident is { Reason: not Reason.Announced, Telling: { Notice: NoticeState.Sent, AcknowledgedBy: null, ToldAt: { } told } telling }
            && telling.Reminders < RemindAfter.Length
            ? told + RemindAfter[telling.Reminders]
            : null;

    /// <summary>When another team is called; null where none is, or somebody took it on.</summary>
    public static DateTimeOffset? SecondStep(Incident incident) =>
        incident is { Terms.EscalateTo: { } step, Reason: not Reason.Announced }
            && incident.Telling is { Notice: NoticeState.Sent, AcknowledgedBy: null, Further: null, ToldAt: { } told }
            ? told + step.After
            : null;

    /// <summary>When people are told again: the next reminder, or the second step; null where neither comes.</summary>
    public DateTimeOffset? NextCall(Incident incident) =>
        (Reminder(incident), SecondStep(incident)) is var (reminder, step) && !(step < reminder) ? reminder ?? step : step;

    /// <summary>When an incident that waits for people is looked at again: when they are told again, where that is sooner.</summary>
    public DateTimeOffset? NextLook(Incident incident, DateTimeOffset? due) =>
        NextCall(incident) is { } call && !(due < call) ? call : due;

    /// <summary>From 0 to 1, evenly: an id ends with letters of a hash.</summary>
    private static double ShareOf(string id) =>
        id.Skip(Math.Max(0, id.Length - 4)).Aggregate(0u, (sum, letter) => (sum * 31) + letter) % 1000 / 1000d;

    /// <summary>The attempt that is being made counts; where a change began, it is counted already.</summary>
    private static int AttemptOf(Incident incident) => incident.State is IncidentState.Applying ? incident.Attempts : incident.Attempts + 1;
}
