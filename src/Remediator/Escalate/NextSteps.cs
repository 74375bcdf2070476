using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>What can be done about an incident as it is: nothing is offered that would be refused, or that happens by itself.</summary>
internal static class NextSteps
{
    private static readonly TimeSpan Exempt = TimeSpan.FromDays(30);

    public static ImmutableArray<NextStep> Of(Notice notice)
    {
        var i = notice.Incident;
        return notice.Kind switch
        {
            NoticeKind.Resolved => [],
            NoticeKind.Approval =>
            [
                Approve(notice), new("look", $"remediator show {i.Id} --values"), .. Undo(notice), Hold(notice), .. History(i),
                Exempted(notice),
            ],
            _ => [.. Escalated(notice)],
        };
    }

    /// <summary>
    /// The commands that a button may give: none that needs more than the incident and its plan, or that overrides somebody's change.
    /// </summary>
    public static ImmutableArray<string> Buttons(Notice notice) =>
    [
        .. Of(notice).Where(s => s.WithoutTool is not null && !s.Command.Contains("--force", StringComparison.Ordinal))
            .Select(s => s.What is "take on" ? "acknowledge" : s.What)
            .Where(verb => verb is "undo" or "hold" or "acknowledge" || (verb is "approve" && notice.Incident.Plan is not null)),
    ];

    private static IEnumerable<NextStep> Escalated(Notice notice)
    {
        var i = notice.Incident;
        var meaning = ReasonMeaning.Of(i);
        yield return new("look", $"remediator show {i.Id}");
        if (meaning is { MayRetry: true })
        {
            yield return new("retry", $"remediator retry {i.Id}") { WithoutTool = notice.Operate?.Invocation("retry", i) };
        }

        foreach (var step in Undo(notice))
        {
            yield return step;
        }

        foreach (var step in meaning is { MayReevaluate: true } ? Reevaluate(i) : [])
        {
            yield return step;
        }

        yield return new("take on", $"remediator acknowledge {i.Id}") { WithoutTool = notice.Operate?.Invocation("acknowledge", i) };
        yield return Hold(notice);
        foreach (var step in History(i))
        {
            yield return step;
        }

        yield return Exempted(notice);
    }

    /// <summary>Agrees to the plan that the notice shows, and to no other.</summary>
    private static NextStep Approve(Notice notice)
    {
        var (i, plan) = (notice.Incident, notice.Incident.Asked?.Identity);
        return new("approve", $"remediator approve {i.Id}{(plan is null ? "" : $" --plan {plan}")}")
        {
            WithoutTool = notice.Operate?.Invocation("approve", i, plan: plan),
        };
    }

    /// <summary>Of what is in place, also where it is only a part of the change.</summary>
    private static IEnumerable<NextStep> Undo(Notice notice)
    {
        var i = notice.Incident;
        if (InPlaceWords.Of(i) is InPlace.Still or InPlace.PartlyBack)
        {
            yield return i.Reason is Reason.Conflict
                ? new("undo", $"remediator undo {i.Id} --force --why 'reason'")
                {
                    WithoutTool = notice.Operate?.Invocation("undo", i, why: "reason", force: true),
                }
                : new("undo", $"remediator undo {i.Id}") { WithoutTool = notice.Operate?.Invocation("undo", i) };
        }
    }

    private static NextStep Hold(Notice notice) => new("hold", $"remediator hold {notice.Incident.Id} --why 'reason'")
    {
        WithoutTool = notice.Operate?.Invocation("hold", notice.Incident, why: "reason"),
    };

    private static IEnumerable<NextStep> Reevaluate(Incident i) =>
        ShellWord.Quote(i.Rule.Name) is { } rule && ShellWord.Quote(i.Region) is { } region
        ? [new("evaluate", $"aws configservice start-config-rules-evaluation --config-rule-names {rule} --region {region}")]
        : [];

    private static IEnumerable<NextStep> History(Incident i) =>
        ShellWord.Quote(i.Resource.Type) is { } type && ShellWord.Quote(i.Resource.Id) is { } id && ShellWord.Quote(i.Region) is { } region
            ? [new("history", "aws configservice get-resource-config-history "
                + $"--resource-type {type} --resource-id {id} --limit 5 --region {region}")]
            : [];

    /// <summary>For this rule and this resource only, and not for ever.</summary>
    private static NextStep Exempted(Notice notice)
    {
        var (i, until) = (notice.Incident, (notice.Incident.ChangedAt + Exempt).UtcDateTime.Date);
        return new("exempt", string.Create(
            CultureInfo.InvariantCulture, $"remediator exempt {i.Id} --until {until:yyyy-MM-dd} --why 'reason'"))
        {
            WithoutTool = notice.Operate?.Invocation("exempt", i, why: "reason", until: new(until, TimeSpan.Zero)),
        };
    }

    /// <summary>The same for the policy, where it stays longer than a command's word.</summary>
    public static NextStep Exemption(Incident i)
    {
        var until = (i.ChangedAt + Exempt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            "exempt",
            $"under 'exemptions' in policy.yaml: - {{match: {{rule-name: {Yaml(i.Rule.Name)}, account: {Yaml(i.Resource.Account)}, "
            + $"resource: {Yaml(i.Resource.Id)}}}, reason: 'reason', until: '{until}'}}");
    }

    /// <summary>A pattern that matches this text, in YAML's single quotes; in its double ones where something cannot be printed.</summary>
    private static string Yaml(string text)
    {
        var pattern = string.Concat(PlainText.Whole(text).Select(c => c is '*' or '?' or '\\' ? $"\\{c}" : c.ToString()));
        return PlainText.IsPrintable(pattern)
            ? $"'{pattern.Replace("'", "''", StringComparison.Ordinal)}'"
            : $"\"{JsonEncodedText.Encode(pattern)}\"";
    }
}
