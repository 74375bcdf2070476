using System.Collections.Immutable;
using System.Globalization;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>News that is no single incident: a breaker that opened or closed, a storm that is told as one.</summary>
/// <param name="Facts">What is told.</param>
/// <param name="Routes">By what it is filtered.</param>
internal sealed record ServiceNotice(NoticeFacts Facts, ImmutableArray<Route> Routes)
{
    public const string ExemptionEnds = "exemption_ends";
    public const string TeamDigest = "team_digest";
    public const string ProblemOpen = "problem_open";
    public const string ProblemClosed = "problem_closed";
    public const string RolloutHeld = "rollout_held";
    public const string BreakerOpen = "breaker_open";
    public const string BreakerClosed = "breaker_closed";
    public const string StormSummary = "storm_summary";
    public const string FindingNotesFail = "finding_notes_fail";

    /// <param name="facts">What is told.</param>
    /// <param name="owner">The team that is told.</param>
    /// <param name="environment">Where.</param>
    private ServiceNotice(NoticeFacts facts, string owner, string environment)
        : this(facts, [new(facts.Severity, facts.Reason, owner, environment)])
    {
    }

    private const string OpenReason = "problem";

    /// <summary>The reasons that these notices give, by event type; those that only end another are left out.</summary>
    public static readonly ImmutableArray<(string EventType, string Reason)> Reasons =
    [
        (BreakerOpen, BreakerNews.Reason), (ProblemOpen, OpenReason), (StormSummary, "storm-summary"), (RolloutHeld, "rollout-held"),
        (ExemptionEnds, "exemption-ends"), (FindingNotesFail, "finding-notes-fail"), (TeamDigest, "digest"),
    ];

    public string Key => Facts.Key;

    public static ServiceNotice Of(BreakerNews news)
    {
        var (last, account) = (news.Last, news.Account ?? "");
        var place = account.Length > 0 ? "in this account" : "in any account";
        var facts = new NoticeFacts
        {
            EventType = news.IsOpen ? BreakerOpen : BreakerClosed,
            Key = account.Length > 0 ? $"remediator/breaker/{last.Playbook}/{account}" : $"remediator/breaker/{last.Playbook}",
            Action = news.IsOpen ? NoticeAction.Trigger : NoticeAction.Resolve,
            Severity = news.IsOpen ? last.Terms.Severity.Name() : "info",
            Reason = news.IsOpen ? BreakerNews.Reason : "breaker-closed",
            Account = account,
            Wrong = !news.IsOpen ? $"Playbook {last.Playbook} is in use again {place}."
                : account.Length > 0 ? $"Playbook {last.Playbook} failed {Times(news.Failures.Limit)} in an hour {place}."
                : $"Playbook {last.Playbook} failed too often in {news.Failures.Limit} accounts.",
            WrongInShort = $"playbook {last.Playbook}",
            Headline = news.IsOpen ? "The playbook is out of use" : "Resolved",
            HeadlineInShort = news.IsOpen ? "out of use, look at its failures" : "resolved",
            Machine = Machine(last),
        };
        return new(news.IsOpen ? WithWayOn(facts, news, place) : facts, [news.Route]);
    }

    /// <summary>The fixes are made all the same: only Security Hub does not say so.</summary>
    public static ServiceNotice Of(FindingNews news) => new(
        new()
        {
            EventType = FindingNotesFail,
            Key = $"remediator/finding-notes/{news.First.Resource.Account}",
            Action = NoticeAction.Info,
            Severity = "warning",
            Reason = "finding-notes-fail",
            Account = news.First.Resource.Account,
            Region = news.First.Region,
            Wrong = "Findings of Security Hub get no notes of what was done about them.",
            WrongInShort = "no notes on findings",
            Headline = "What was changed is in place; Security Hub does not say so",
            HeadlineInShort = "look at the role's permissions",
            Todo = "Look whether the role there may securityhub:BatchUpdateFindings and securityhub:GetFindings.",
            WhyName = "Why",
            Why = PlainText.Line(news.Why, 600),
            GoesOn = $"It is tried for each finding. Nobody is told again before {news.Until:u}.",
            Next = [new("look", $"remediator show {news.First.Id}")],
            Machine = Machine(news.First),
        },
        news.First.Terms.Owner,
        news.First.Terms.Environment);

    /// <summary>Nothing will resolve a summary: no pager opens a page for it.</summary>
    public static ServiceNotice OfStorm(string key, string headline, ImmutableArray<string> lines, Incident worst) => new(
        new()
        {
            EventType = StormSummary,
            Key = key,
            Action = NoticeAction.Info,
            Severity = worst.Terms.Severity.Name(),
            Reason = "storm-summary",
            Account = "",
            Wrong = $"{headline}.",
            WrongInShort = headline,
            Headline = "Too many to tell one by one",
            HeadlineInShort = "look at them together",
            Todo = "Look for what they have in common.",
            Lines = lines,
            Next = [new("look", "remediator incidents")],
            Machine = Machine(worst),
        },
        worst.Terms.Owner,
        worst.Terms.Environment);

    /// <summary>Afterwards what was exempt is handled as the policy says, and not before somebody could say no.</summary>
    public static ServiceNotice OfEnding(EndingExemption ending) => new(
        new()
        {
            EventType = ExemptionEnds,
            Key = $"remediator/exemption/{ending.Key}/{ending.Until:yyyyMMdd}",
            Action = NoticeAction.Info,
            Severity = "warning",
            Reason = "exemption-ends",
            Account = ending.Account,
            Wrong = $"An exemption ends at {ending.Until:u}.",
            WrongInShort = $"exemption until {ending.Until:yyyy-MM-dd}",
            Headline = "An exemption ends soon",
            HeadlineInShort = "exemption ends",
            Todo = "Give it another end where it is needed still; else put right what it is about.",
            WhyName = "Why it was given",
            Why = PlainText.Line(ending.Why, 600),
            GoesOn = "Afterwards what is found is handled as the policy says.",
            Details =
            [
                ("About", PlainText.Line(ending.About, 600)), ("Given by", PlainText.Line(ending.By, 200)),
                ("Owner", PlainText.Line(ending.Owner, 200)),
            ],
            Next = [.. ending.Next.Select(n => new NextStep(n.What, n.Command))],
            Machine = Machine(ending.Owner),
        },
        ending.Owner,
        "");

    /// <summary>One page for all the incidents of one cause that have none of their own.</summary>
    /// <param name="problem">The problem as it is told.</param>
    /// <param name="worst">The gravest of its incidents.</param>
    /// <param name="isAsked">Whether some wait for approval.</param>
    /// <param name="lines">What it is made up of.</param>
    /// <param name="further">The second step, where it is what is told.</param>
    public static ServiceNotice OfProblem(
        ToldProblem problem, Incident worst, bool isAsked, ImmutableArray<string> lines, SecondStep? further = null)
    {
        var (counted, id) = (problem.Count == 1 ? "1 more incident" : $"{problem.Count} more incidents", problem.Id);
        return new(
            new()
            {
                EventType = ProblemOpen,
                Key = problem.Key,
                Action = NoticeAction.Trigger,
                Severity = problem.Severity.Name(),
                Reason = OpenReason,
                Account = "",
                Wrong = $"{counted} of one cause: {PlainText.Line(problem.Says, 300)}.",
                WrongInShort = $"{counted} of one cause",
                Headline = "One cause is behind many",
                HeadlineInShort = isAsked ? "approve them together, or look" : "look at them together",
                Todo = isAsked
                    ? "Look for what they have in common; approve equal plans together, or hold them."
                    : "Look for what they have in common, and put that right.",
                GoesOn = "The first of them were told one by one; the others are not. This thread ends when none of them is left.",
                Lines = lines,
                Details = further is null ? []
                    : [("Second step", SecondStepText.Of(problem.Owner, further, $"remediator acknowledge --problem {id}"))],
                Next =
                [
                    new("look", "remediator problems"),
                    .. isAsked ? [new NextStep("approve", $"remediator approve --problem {id}")] : ImmutableArray<NextStep>.Empty,
                    new("take on", $"remediator acknowledge --problem {id}"),
                    new("hold", $"remediator hold --problem {id} --why 'reason'"),
                ],
                Machine = Machine(worst),
            },
            [RouteOf(problem, further?.Owner ?? problem.Owner)]);
    }

    /// <summary>None of the incidents of a problem is left to people: all that were called hear of it.</summary>
    public static ServiceNotice OfProblemOver(ToldProblem problem) => new(
        new()
        {
            EventType = ProblemClosed,
            Key = problem.Key,
            Action = NoticeAction.Resolve,
            Severity = "info",
            Reason = "problem-over",
            Account = "",
            Wrong = $"None of the incidents of {problem.Id} waits for people any more: they are over, or taken on.",
            WrongInShort = $"{problem.Id}",
            Headline = "Resolved",
            HeadlineInShort = "resolved",
            Machine = Machine(problem.Owner),
        },
        [
            RouteOf(problem, problem.Owner),
            .. problem.Further is { } team ? [RouteOf(problem, team)] : ImmutableArray<Route>.Empty,
        ]);

    private static Route RouteOf(ToldProblem problem, string team) => new(problem.Severity.Name(), OpenReason, team, problem.Environment);

    /// <summary>A share that rose by itself, and does so no more before a person says so.</summary>
    public static ServiceNotice OfHeldRollout(RolloutState rollout) => new(
        new()
        {
            EventType = RolloutHeld,
            Key = $"remediator/{rollout.Id}/{rollout.Held!.At:yyyyMMddHHmmss}",
            Action = NoticeAction.Info,
            Severity = "warning",
            Reason = "rollout-held",
            Account = "",
            Wrong = $"A rollout is held at {rollout.Share}% of the resources.",
            WrongInShort = $"rollout held at {rollout.Share}%",
            Headline = "The share does not rise any more",
            HeadlineInShort = "look at what became of its changes",
            Todo = "Look at what became of its changes; then let it go on, or lower it in the policy.",
            WhyName = "Why it is held",
            Why = PlainText.Line(rollout.Held.Why, 600),
            GoesOn = $"Until then {rollout.Share}% of the resources are changed as before, and the others are observed.",
            Details = [("About", PlainText.Line(rollout.About, 600)), ("Begun", $"{rollout.BegunAt:u}")],
            Next =
            [
                new("look", "remediator rollouts"),
                new("go on", $"remediator resume --rollout {rollout.Id} --why 'reason'"),
            ],
            Machine = Machine(rollout.Owner),
        },
        rollout.Owner,
        "");

    /// <summary>Nothing is asked of anybody: what was changed, and how it is put back.</summary>
    public static ServiceNotice OfDigest(string team, DateTimeOffset from, DateTimeOffset until, int changes, ImmutableArray<string> lines)
    {
        var (since, days) = (from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (until - from).TotalDays);
        var counted = changes == 1 ? "1 change was made" : $"{changes} changes were made";
        return new(
            new()
            {
                EventType = TeamDigest,
                Key = $"remediator/digest/{PlainText.Line(team, 200)}/{until:yyyyMMdd}",
                Action = NoticeAction.Info,
                Severity = "info",
                Reason = "digest",
                Account = "",
                Wrong = days > 1 ? $"{counted} for {PlainText.Line(team, 200)} in the week from {since}."
                    : $"{counted} for {PlainText.Line(team, 200)} on {since}.",
                WrongInShort = counted,
                Headline = "What was changed in your accounts",
                HeadlineInShort = "what was changed",
                Todo = "Nothing, where it may stay so. Otherwise put it back.",
                Lines = lines,
                Next =
                [
                    new("look", "remediator show ID"),
                    .. ShellWord.Quote(team) is { } word
                        ? [new NextStep("all", $"remediator incidents --state all --team {word} --since {since}")]
                        : ImmutableArray<NextStep>.Empty,
                ],
                Machine = Machine(team),
            },
            team,
            "");
    }

    public IEnumerable<Aws.Message> Messages(EscalationTopics topics) =>
        topics.Messages(_ => Facts, Routes);

    private static NoticeFacts WithWayOn(NoticeFacts facts, BreakerNews news, string place) => facts with
    {
        Todo = "Look at what failed last.",
        Why = $"Nothing is changed with it {place} until {news.Failures.WindowEnds:u}. "
            + "Its incidents wait, and events are still taken in.",
        GoesOn = $"At {news.Failures.WindowEnds:u} it is tried again by itself; one more failure stops it again.",
        Next =
        [
            new("look", $"remediator show {news.Last.Id}"),
            new("stop all", "remediator stop --why 'reason'"),
        ],
    };

    private static string Times(int times) => times == 1 ? "once" : $"{times} times";

    /// <summary>Of what is about no one incident.</summary>
    private static MachineFacts Machine(string owner) => new()
    {
        Incident = "",
        Rule = "",
        RuleArn = "",
        RuleIdentifier = "",
        Playbook = "",
        Owner = owner,
        Environment = "",
    };

    private static MachineFacts Machine(Incident from) => Machine(from.Terms.Owner) with
    {
        RuleIdentifier = from.Terms.RuleIdentifier,
        Playbook = from.Playbook,
        Environment = from.Terms.Environment,
    };
}

/// <summary>An exemption that ends soon.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="About">What it is about, as one would write it.</param>
/// <param name="By">Who gave it, or where it stands.</param>
/// <param name="Next">What can be done.</param>
internal sealed record EndingExemption(
    string Key, string About, string Why, string By, DateTimeOffset Until, ImmutableArray<(string What, string Command)> Next)
{
    public string Owner { get; init; } = "";

    public string Account { get; init; } = "";
}
