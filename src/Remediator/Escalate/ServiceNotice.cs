using System.Collections.Immutable;
using Remediator.Guard;
using Remediator.Incidents;

namespace Remediator.Escalate;

/// <summary>News that is no single incident: a breaker that opened or closed, a storm that is told as one.</summary>
/// <param name="Facts">What is told.</param>
/// <param name="From">An incident it is about: whose owner and environment it names.</param>
internal sealed record ServiceNotice(NoticeFacts Facts, Incident From)
{
    public const string BreakerOpen = "breaker_open";
    public const string BreakerClosed = "breaker_closed";
    public const string StormSummary = "storm_summary";

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
            Reason = news.IsOpen ? "breaker-open" : "breaker-closed",
            Account = account,
            Wrong = !news.IsOpen ? $"Playbook {last.Playbook} is in use again {place}."
                : account.Length > 0 ? $"Playbook {last.Playbook} failed {Times(news.Failures.Limit)} in an hour {place}."
                : $"Playbook {last.Playbook} failed too often in {news.Failures.Limit} accounts.",
            WrongInShort = $"playbook {last.Playbook}",
            Headline = news.IsOpen ? "The playbook is out of use" : "Resolved",
            HeadlineInShort = news.IsOpen ? "out of use, look at its failures" : "resolved",
            Machine = Machine(last),
        };
        return new(news.IsOpen ? WithWayOn(facts, news, place) : facts, last);
    }

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
        worst);

    public IEnumerable<Aws.Message> Messages(EscalationTopics topics) =>
        topics.Messages(_ => Facts, From.Terms.Owner, From.Terms.Environment);

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

    private static MachineFacts Machine(Incident from) => new()
    {
        Incident = "",
        Rule = "",
        RuleArn = "",
        RuleIdentifier = from.Terms.RuleIdentifier,
        Playbook = from.Playbook,
        Owner = from.Terms.Owner,
        Environment = from.Terms.Environment,
    };
}
