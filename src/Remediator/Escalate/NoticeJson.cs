using System.Globalization;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>A notice for machines, and for Amazon Q Developer in chat applications, which drops whatever has not its own shape.</summary>
internal static class NoticeJson
{
    public static string Machine(Notice notice) => Json.Write(w =>
    {
        var i = notice.Incident;
        w.WriteStartObject();
        w.WriteString("version"u8, "1");
        w.WriteString("eventType"u8, EventType(notice));
        w.WriteString("key"u8, notice.Key);
        w.WriteString("action"u8, notice.Kind is NoticeKind.Resolved ? "resolve" : "trigger");
        w.WriteString("severity"u8, notice.Severity);
        w.WriteString("summary"u8, NoticeText.Headline(notice));
        w.WriteString("incident"u8, i.Id);
        w.WriteString("reason"u8, notice.Kind is NoticeKind.Resolved ? "resolved" : i.Reason?.Name());
        w.WriteString("detail"u8, NoticeText.Detail(i));
        w.WriteString("account"u8, i.Resource.Account);
        w.WriteString("region"u8, i.Resource.Region);
        w.WriteString("resourceType"u8, i.Resource.Type);
        w.WriteString("resourceId"u8, i.Resource.Id);
        w.WriteString("rule"u8, i.Rule.Name);
        w.WriteString("ruleArn"u8, i.Rule.Arn);
        w.WriteString("ruleIdentifier"u8, i.Terms.RuleIdentifier);
        w.WriteString("playbook"u8, i.Playbook);
        w.WriteString("owner"u8, i.Terms.Owner);
        w.WriteString("environment"u8, i.Terms.Environment);
        w.WriteBoolean("changed"u8, i.IsChanged);
        w.WriteNumber("attempts"u8, i.Attempts);
        w.WriteString("openedAt"u8, i.OpenedAt);
        w.WriteString("link"u8, Links.Timeline(i));
        w.WriteStartObject("commands"u8);
        foreach (var (what, command) in NoticeText.Commands(notice))
        {
            w.WriteString(what, command);
        }

        w.WriteEndObject();
        w.WriteEndObject();
    }).GetRawText();

    /// <summary>The custom-notification schema of Amazon Q Developer in chat applications.</summary>
    public static string Chat(Notice notice) => Json.Write(w =>
    {
        var i = notice.Incident;
        w.WriteStartObject();
        w.WriteString("version"u8, "1.0");
        w.WriteString("source"u8, "custom");
        w.WriteString("id"u8, $"{notice.Key}/{EventType(notice)}");
        w.WriteStartObject("content"u8);
        w.WriteString("textType"u8, "client-markdown");
        w.WriteString("title"u8, NoticeText.Headline(notice));
        w.WriteString("description"u8, ChatDescription(notice));
        w.WriteStartArray("nextSteps"u8);
        foreach (var (what, command) in NoticeText.Commands(notice))
        {
            w.WriteStringValue($"{what}: `{command}`");
        }

        w.WriteEndArray();
        w.WriteStartArray("keywords"u8);
        w.WriteStringValue(notice.Severity);
        w.WriteStringValue(i.Rule.Name);
        w.WriteEndArray();
        w.WriteEndObject();
        w.WriteStartObject("metadata"u8);
        w.WriteString("threadId"u8, notice.Key);
        w.WriteString("summary"u8, NoticeText.Headline(notice));
        w.WriteString("eventType"u8, EventType(notice));
        w.WriteStartArray("relatedResources"u8);
        w.WriteStringValue(i.Resource.Id);
        w.WriteEndArray();
        w.WriteStartObject("additionalContext"u8);
        w.WriteString("ruleName"u8, i.Rule.Name);
        w.WriteString("attempts"u8, i.Attempts.ToString(CultureInfo.InvariantCulture));
        w.WriteString("incident"u8, i.Id);
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteEndObject();
    }).GetRawText();

    public static string EventType(Notice notice) => notice.Kind switch
    {
        NoticeKind.Resolved => "remediation_resolved",
        NoticeKind.Approval => "approval_needed",
        _ => "remediation_failed",
    };

    private static string ChatDescription(Notice notice) => notice.Kind is NoticeKind.Resolved
        ? $"Config rule *{notice.Incident.Rule.Name}* holds again."
        : $"{NoticeText.Why(notice.Incident)}\nChanged: {NoticeText.Changed(notice.Incident)}";
}
