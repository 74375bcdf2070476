using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
using Remediator.Guard;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>News that is no single incident: a breaker that opened, a storm that is told as one.</summary>
/// <param name="Kind">The event type that machines see.</param>
/// <param name="Key">The same for the same news: what pagers deduplicate by.</param>
/// <param name="Headline">What happened, in one line.</param>
/// <param name="Lines">What people need to know, and what to do next.</param>
/// <param name="From">An incident it is about: whose owner, environment and account it names.</param>
internal sealed record ServiceNotice(string Kind, string Key, string Headline, ImmutableArray<string> Lines, Incident From)
{
    public const string BreakerOpen = "breaker_open";
    public const string StormSummary = "storm_summary";

    public static ServiceNotice Of(BreakerOpened opened)
    {
        var (last, failures, ends) = (opened.Last, opened.Failures.Limit, opened.Failures.WindowEnds);
        var then = $"Nothing is changed with it {(opened.Account is null ? "in any account" : "there")} until {ends:u}; "
            + "then it is tried again, and one more failure stops it again.";
        return new(
            BreakerOpen,
            opened.Account is { } account ? $"remediator/breaker/{last.Playbook}/{account}" : $"remediator/breaker/{last.Playbook}",
            opened.Account is { } of
                ? $"Playbook {last.Playbook} failed {failures} times in an hour in {of} and is out of use there"
                : $"Playbook {last.Playbook} failed too often in {failures} accounts and is out of use",
            [then, "Its incidents wait; events are still taken in.", $"The last one that failed: remediator show {last.Id}"],
            last);
    }

    public IEnumerable<Message> Messages(EscalationTopics topics)
    {
        var subject = $"[{From.Terms.Severity.Name()}] {Headline}";
        subject = subject.Length < 100 ? subject : subject[..96] + "...";
        var body = $"{Headline}\n\n{string.Join('\n', Lines)}\n\nKey: {Key}\n";
        var attributes = new Dictionary<string, string>
        {
            ["severity"] = From.Terms.Severity.Name(),
            ["reason"] = Kind.Replace('_', '-'),
            ["environment"] = From.Terms.Environment,
            ["accountId"] = From.Resource.Account,
            ["team"] = From.Terms.Owner,
        };
        return topics.Messages(subject, body, Chat(), Machine(), attributes);
    }

    private string Machine() => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("version"u8, "1");
        w.WriteString("eventType"u8, Kind);
        w.WriteString("key"u8, Key);
        w.WriteString("action"u8, "trigger");
        w.WriteString("severity"u8, From.Terms.Severity.Name());
        w.WriteString("summary"u8, Headline);
        w.WriteString("reason"u8, Kind.Replace('_', '-'));
        w.WriteString("detail"u8, string.Join('\n', Lines));
        w.WriteString("account"u8, From.Resource.Account);
        w.WriteString("playbook"u8, From.Playbook);
        w.WriteString("owner"u8, From.Terms.Owner);
        w.WriteString("environment"u8, From.Terms.Environment);
        w.WriteEndObject();
    }).GetRawText();

    private string Chat() => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("version"u8, "1.0");
        w.WriteString("source"u8, "custom");
        w.WriteString("id"u8, Key);
        w.WriteStartObject("content"u8);
        w.WriteString("textType"u8, "client-markdown");
        w.WriteString("title"u8, Headline);
        w.WriteString("description"u8, string.Join('\n', Lines));
        w.WriteEndObject();
        w.WriteStartObject("metadata"u8);
        w.WriteString("threadId"u8, Key);
        w.WriteString("summary"u8, Headline);
        w.WriteString("eventType"u8, Kind);
        w.WriteEndObject();
        w.WriteEndObject();
    }).GetRawText();
}
