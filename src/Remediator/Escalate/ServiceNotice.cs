using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Aws;
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

    public IEnumerable<Message> Messages(EscalationTopics topics)
    {
        var subject = $"[{From.Severity}] {Headline}";
        subject = subject.Length < 100 ? subject : subject[..96] + "...";
        var body = $"{Headline}\n\n{string.Join('\n', Lines)}\n\nKey: {Key}\n";
        var attributes = new Dictionary<string, string>
        {
            ["severity"] = From.Severity,
            ["reason"] = Kind.Replace('_', '-'),
            ["environment"] = From.Environment,
            ["accountId"] = From.Resource.Account,
            ["team"] = From.Owner,
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
        w.WriteString("severity"u8, From.Severity);
        w.WriteString("summary"u8, Headline);
        w.WriteString("reason"u8, Kind.Replace('_', '-'));
        w.WriteString("detail"u8, string.Join('\n', Lines));
        w.WriteString("account"u8, From.Resource.Account);
        w.WriteString("playbook"u8, From.Playbook);
        w.WriteString("owner"u8, From.Owner);
        w.WriteString("environment"u8, From.Environment);
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
