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
                Command("approve", i), new("look", $"remediator show {i.Id} --values"), Hold(i), .. History(i), Exemption(i),
            ],
            _ => [.. Escalated(i)],
        };
    }

    private static IEnumerable<NextStep> Escalated(Incident i)
    {
        var meaning = i.Reason is { } reason ? ReasonMeaning.Of(reason) : null;
        yield return Command("show", i) with { What = "look" };
        if (meaning is { MayRetry: true })
        {
            yield return Command("retry", i);
        }

        if (InPlaceWords.Of(i) is InPlace.Still or InPlace.PartlyBack)
        {
            yield return i.Reason is Reason.Conflict
                ? new("undo", $"remediator undo {i.Id} --force --why 'reason'")
                : Command("undo", i);
        }

        foreach (var step in meaning is { MayReevaluate: true } ? Reevaluate(i) : [])
        {
            yield return step;
        }

        yield return new("take on", $"remediator acknowledge {i.Id}");
        yield return Hold(i);
        foreach (var step in History(i))
        {
            yield return step;
        }

        yield return Exemption(i);
    }

    private static NextStep Command(string verb, Incident i) => new(verb, $"remediator {verb} {i.Id}");

    private static NextStep Hold(Incident i) => new("hold", $"remediator hold {i.Id} --why 'reason'");

    private static IEnumerable<NextStep> Reevaluate(Incident i) =>
        ShellWord.Quote(i.Rule.Name) is { } rule && ShellWord.Quote(i.Region) is { } region
        ? [new("evaluate", $"aws configservice start-config-rules-evaluation --config-rule-names {rule} --region {region}")]
        : [];

    private static IEnumerable<NextStep> History(Incident i) =>
        ShellWord.Quote(i.Resource.Type) is { } type && ShellWord.Quote(i.Resource.Id) is { } id && ShellWord.Quote(i.Region) is { } region
            ? [new("history", "aws configservice get-resource-config-history "
                + $"--resource-type {type} --resource-id {id} --limit 5 --region {region}")]
            : [];

    /// <summary>For this rule, this account and this resource only, and not for ever.</summary>
    private static NextStep Exemption(Incident i)
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
