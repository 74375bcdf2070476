using Microsoft.Extensions.Logging;
using Remediator.Aws;
using Remediator.Change;
using Remediator.Decide;
using Remediator.Escalate;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Learn;
using Remediator.Operate;
using Remediator.Playbooks;
using Remediator.Record;
using Remediator.Sweep;
using Remediator.Undo;
using Remediator.Verify;

namespace Remediator;

/// <summary>What the service stands on: the outside world behind its seams.</summary>
internal sealed record Foundation(
    IAwsAccounts Accounts,
    IJournal Journal,
    IPublisher Publisher,
    IConfigService Config,
    ITags Tags,
    TimeProvider Clock,
    ILoggerFactory Logs)
{
    /// <summary>The account that the service runs in.</summary>
    public required string OwnAccount { get; init; }

    /// <summary>What proves the journal's items; null for a journal that nobody else can write.</summary>
    public IJournalKey? Key { get; init; }

    /// <summary>What AWS Config recorded; null for Config's own.</summary>
    public IConfigHistory? History { get; init; }

    /// <summary>Null where nobody looks for a backlog.</summary>
    public BacklogSources? Backlog { get; init; }

    /// <summary>Null where there is no OpsCenter.</summary>
    public IOpsItems? OpsItems { get; init; }

    /// <summary>The deployed function that takes commands, for notices; null where it is not known.</summary>
    public OperateFunction? Operate { get; init; }

    /// <summary>What is the service's own, and not for its playbooks to change.</summary>
    public OwnResources Own { get; init; } = OwnResources.None;
}

/// <summary>What the pipeline calls, in the order in which an event passes it.</summary>
internal sealed record Stages(
    Decider Decider, Claimer Claimer, Guardrails Guards, Verifier Verifier, UndoRun Undo, Notifier Notifier)
{
    public required ChangePlanner Planner { get; init; }

    /// <summary>The texts that incidents were planned with.</summary>
    public required IncidentPlaybooks Playbooks { get; init; }

    /// <summary>Asks Config where nothing of ours proves what an event says.</summary>
    public required Confirmation Confirmation { get; init; }
}

/// <summary>Puts the service together: the whole graph, by hand, on one screen.</summary>
internal sealed class Composition
{
    public Composition(Foundation on, Policy policy, PlaybookLibrary playbooks, EscalationTopics topics)
    {
        var limits = LimitsOf(policy);
        var budgets = new Guard.Budgets(limits);
        var orders = new KnownOrders(on.Journal, on.Clock);
        var lessons = new Lessons(on.Journal, orders, policy, on.Clock, on.Logs.CreateLogger<Lessons>());
        var escalator = new Escalator(
            on.Publisher,
            topics with { Zone = policy.Escalations.TimeZone },
            new(playbooks, on.Operate),
            on.Logs.CreateLogger<Escalator>(),
            lessons.WithAsync);
        var breaker = new Breaker(on.Journal, budgets, (news, ct) => escalator.TellAsync(ServiceNotice.Of(news), ct), on.Clock);
        var verifier = new Verifier(on.Clock);
        var planned = new IncidentPlaybooks(playbooks);
        var evidence = new EvidenceReader(on.Accounts, planned, on.Clock);
        var guides = new GuideReader(on.Accounts, playbooks, on.Config, on.Clock);
        var notices = new NoticeLimit(on.Journal, budgets);
        var rollouts = new KnownRollouts(on.Journal, on.Clock);
        var log = on.Logs.CreateLogger<Decider>();
        var findings = new AwsFindings(on.Accounts);
        var notes = new FindingNotes(
            findings,
            on.Journal,
            (news, ct) => escalator.TellAsync(ServiceNotice.Of(news), ct),
            on.Clock,
            on.Logs.CreateLogger<FindingNotes>());
        var stages = new Stages(
            new(policy, playbooks, on.Config, on.Tags, on.OwnAccount, on.Clock, log, on.Own, orders.NowAsync, findings, rollouts.NowAsync),
            new(on.Journal, limits, on.Clock),
            new(limits, budgets, breaker, notices, new(on.Accounts, on.Tags)) { Findings = notes },
            verifier,
            new(verifier, planned, on.Accounts, limits, on.Clock),
            new(
                escalator,
                notices,
                limits,
                async (incident, ct) => await guides.WithAsync(await evidence.WithAsync(incident, ct), ct),
                on.Clock,
                new ProblemDesk(on.Journal, limits, on.Clock).JoinedAsync))
        {
            Planner = new(on.Accounts, on.History ?? new AwsConfigHistory(on.Accounts), on.Tags, on.Clock),
            Playbooks = planned,
            Confirmation = new(on.Config, on.Clock),
        };
        Pipeline = new(stages, on.Accounts, on.Clock, on.Logs.CreateLogger<Pipeline>());
        var openIncidents = new OpenIncidents(stages.Claimer, Pipeline, on.Config, new(on.Accounts), limits, on.Clock);
        var summaries = new NoticeSummaries(on.Journal, escalator, on.Clock);
        var backlog = on.Backlog is { } sources
            ? new Backlog(sources, policy, playbooks, on.Journal, Pipeline, on.Clock, on.Logs.CreateLogger<Backlog>())
            : null;
        var rounds = new OrderRounds(on.Journal, orders, openIncidents, on.Clock, on.Logs.CreateLogger<OrderRounds>());
        var reminders = new ExemptionReminders(on.Journal, orders, policy, limits, escalator, on.Clock);
        var opsItems = policy.Escalations.OpsItems && on.OpsItems is { } center ? new OpsItemRounds(on.Journal, center) : null;
        Sweeper = new(on.Journal, openIncidents, on.Backlog?.Queue, backlog, on.Clock, on.Logs.CreateLogger<Sweeper>(), [
            ("breakers", breaker.TellOfClosedAsync),
            ("notice summaries", summaries.SummariseAsync),
            ("problems", new ProblemRounds(on.Journal, escalator, limits, on.Clock).TellAsync),
            ("ops items", ct => opsItems?.GoRoundAsync(ct) ?? Task.CompletedTask),
            ("orders", rounds.GoRoundAsync),
            ("reminders of exemptions", reminders.RemindAsync),
            ("rollouts", new RolloutRounds(on.Journal, orders, policy, escalator, on.Clock).GoRoundAsync),
            ("digests", new TeamDigests(on.Journal, policy, escalator, on.Clock).TellAsync),
        ]);
        DueIncidents = new(on.Journal, openIncidents, policy.UndoesOnAlarm, limits, on.Clock);
        Operator = new(
            on.Journal,
            stages.Claimer,
            Pipeline,
            policy.Approvers,
            on.Clock,
            new(on.Journal, orders, limits, on.Clock),
            new(on.Journal, on.Clock),
            new(
                Pipeline,
                stages.Claimer,
                on.Config,
                new(stages.Planner, stages.Guards.Attribution, on.Clock),
                limits,
                on.OwnAccount,
                on.Clock),
            m => Owners.Of(policy, m));
    }

    public Pipeline Pipeline { get; }

    public Sweeper Sweeper { get; }

    public DueIncidents DueIncidents { get; }

    public Operator Operator { get; }

    /// <summary>The limits that a policy sets; what it does not say is as always.</summary>
    public static Limits LimitsOf(Policy policy) => new()
    {
        ChangesPerHour = policy.Budgets.PerHour,
        ChangesPerAccount = policy.Budgets.PerAccount,
        ChangesPerPlaybook = policy.Budgets.PerPlaybook,
        MostFailures = policy.Guards.Failures,
        MostReverts = policy.Guards.Reverts,
        RevertWindow = policy.Guards.RevertWindow,
        MostNotices = policy.Escalations.PerHour,
        ProblemAfter = policy.Escalations.ProblemAfter,
        RemindAfter = policy.Escalations.RemindAfter,
        ExemptionReminder = policy.Escalations.ExemptionReminder,
    };
}
