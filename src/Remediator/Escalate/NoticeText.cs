using System.Globalization;
using System.Text;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>A notice as an on-call engineer reads it at night: what is wrong and where first, the exact next commands last.</summary>
internal static class NoticeText
{
    private const int LongestSubject = 99;

    /// <summary>SNS takes 256 KiB, with the same news in five forms.</summary>
    private const int LongestReason = 4000;
    private const int MostDifferences = 50;

    /// <summary>For SNS: ASCII, no line breaks, under 100 characters.</summary>
    public static string Subject(Notice notice)
    {
        var text = $"[{notice.Severity}] {Headline(notice)}";
        var ascii = string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
        return ascii.Length > LongestSubject ? ascii[..(LongestSubject - 3)] + "..." : ascii;
    }

    public static string Headline(Notice notice)
    {
        var i = notice.Incident;
        var what = $"{ShortType(i.Resource.Type)} {i.Resource.Id} in {i.Resource.Account}";
        return notice.Kind switch
        {
            NoticeKind.Resolved => $"Resolved: {what} ({i.Rule.Name})",
            NoticeKind.Approval => $"Approve a fix of {what} ({i.Rule.Name})",
            _ => $"Not fixed: {what} ({i.Reason?.Name()})",
        };
    }

    public static string Body(Notice notice)
    {
        var i = notice.Incident;
        var text = new StringBuilder();
        text.AppendLine(Headline(notice)).AppendLine();
        Line(text, "Severity", notice.Severity);
        if (notice.Kind is not NoticeKind.Resolved && i.Telling.Reminders > 0)
        {
            Line(text, "Reminder", string.Create(CultureInfo.InvariantCulture, $"{i.Telling.Reminders}; remediator acknowledge {i.Id} ends them"));
        }

        Line(text, "Rule", $"{i.Rule.Name} ({i.Terms.RuleIdentifier})");
        Line(text, "Config says", i.Origin.Annotation);
        if (notice.Kind is not NoticeKind.Resolved)
        {
            Line(text, "Why it stopped", Why(i));
        }

        Line(text, "Changed", Changed(i));
        Line(text, "Attempts", i.Attempts.ToString(CultureInfo.InvariantCulture));
        Line(text, "Opened", Time(i.OpenedAt));
        Line(text, "Owner", i.Terms.Owner);
        Line(text, "Environment", i.Terms.Environment);
        Line(text, "Resource", $"{i.Resource.Type} {i.Resource.Id}");
        Line(text, "Account", $"{i.Resource.Account}, {i.Resource.Region}");
        Line(text, "Rule ARN", i.Rule.Arn);
        Line(text, "Playbook", i.Playbook);
        Line(text, "Incident", i.Id);
        text.AppendLine();
        if (i.Plan is { } plan && notice.Kind is not NoticeKind.Resolved)
        {
            text.AppendLine(i.IsChanged ? "What was changed:" : "What would be changed:");
            var lines = Differences(plan).ToList();
            foreach (var line in lines.Take(MostDifferences))
            {
                text.Append("  ").AppendLine(line);
            }

            if (lines.Count > MostDifferences)
            {
                text.Append("  ").Append(CultureInfo.InvariantCulture, $"and {lines.Count - MostDifferences} more: remediator show {i.Id}").AppendLine();
            }

            text.AppendLine();
        }

        Line(text, "Config timeline", Links.Timeline(i));
        if (notice.Kind is not NoticeKind.Resolved)
        {
            text.AppendLine().AppendLine("Next:");
            foreach (var (what, command) in Commands(notice))
            {
                text.Append("  ").Append(what.PadRight(9)).AppendLine(command);
            }

            if (notice.Manual is { Length: > 0 } manual)
            {
                text.AppendLine().AppendLine("By hand:").AppendLine(manual.Trim());
            }
        }

        return text.AppendLine().Append("Key: ").AppendLine(notice.Key).ToString();
    }

    public static string Why(Incident i) => string.IsNullOrEmpty(i.Detail) ? i.Reason?.Name() ?? "" : $"{i.Reason?.Name()}: {Detail(i)}";

    public static string? Detail(Incident i) => i.Detail is { Length: > LongestReason } detail ? $"{detail[..LongestReason]}..." : i.Detail;

    public static string Changed(Incident i) => i switch
    {
        { IsChanged: true } => "yes, and it is still in place",
        { Attempts: > 0, Change.UndoCalls.IsEmpty: false } => "yes, and it was put back",
        _ => "nothing",
    };

    public static IEnumerable<(string What, string Command)> Commands(Notice notice)
    {
        var id = notice.Incident.Id;
        if (notice.Kind is NoticeKind.Approval)
        {
            yield return ("approve", $"remediator approve {id}");
        }
        else
        {
            yield return ("retry", $"remediator retry {id}");
        }

        if (notice.Incident.IsChanged)
        {
            yield return ("undo", $"remediator undo {id}");
        }

        yield return ("look", $"remediator show {id}");
        yield return ("exempt", $"add to policy.yaml under 'exemptions': {{match: {{resource: '{notice.Incident.Resource.Id}'}}, reason: …, until: …}}");
    }

    /// <summary>Places and plain switches only: a text may be a policy, a tag or worse.</summary>
    public static IEnumerable<string> Differences(Plan plan) =>
        from step in plan.Steps
        from d in step.Differences(StateComparer.Exact)
        select $"{step.Step}: {d.At}: {Plain(d.Old)} -> {Plain(d.New)}";

    private static string Plain(System.Text.Json.JsonElement value) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False or System.Text.Json.JsonValueKind.Number => value.GetRawText(),
        System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.Undefined => "(not set)",
        _ => "(a value)",
    };

    private static string ShortType(string type) => type.Replace("AWS::", "", StringComparison.Ordinal).Replace("::", " ", StringComparison.Ordinal).Trim();

    private static string Time(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            text.Append(name).Append(": ").AppendLine(value);
        }
    }
}
