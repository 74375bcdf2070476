using System.Collections.Immutable;
using System.Globalization;
using Remediator.Incidents;
using Remediator.Playbooks;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>The facts of a notice about an incident.</summary>
internal static class IncidentFacts
{
    /// <summary>Lines of a plan at most: SNS takes 256 KiB, with the same news in five forms.</summary>
    public const int MostLines = 40;

    private const int LongestWhy = 2000;
    private const int LongestAnnotation = 256;
    private const int LongestName = 200;

    /// <param name="lines">So many lines of the plan.</param>
    public static NoticeFacts Of(Notice notice, int lines = MostLines)
    {
        var i = notice.Incident;
        var isResolved = notice.Kind is NoticeKind.Resolved;
        var meaning = isResolved ? null : ReasonMeaning.Of(i);
        return new()
        {
            EventType = Notice.EventType(notice.Kind),
            Key = notice.Key,
            Action = isResolved ? NoticeAction.Resolve : NoticeAction.Trigger,
            Severity = notice.Severity,
            Reason = isResolved ? "resolved" : i.Reason?.Name() ?? "",
            Account = PlainText.Line(i.Resource.Account, LongestName),
            AccountName = PlainText.Line(i.Terms.AccountName, LongestName),
            Region = PlainText.Line(i.Resource.Region, LongestName),
            ResourceType = i.Resource.Type,
            ResourceId = i.Resource.Id,
            Wrong = IsLeft(notice) ? $"Nobody has to act: {PlainText.Line(i.Detail, LongestWhy)}."
                : isResolved ? $"Config rule {RuleName(i)} holds again.{Remains(i)}" : Wrong(notice),
            WrongInShort = RuleName(i),
            Headline = Headline(notice, meaning),
            HeadlineInShort = HeadlineInShort(notice, meaning),
            Todo = isResolved ? "" : Todo(notice, meaning),
            WhyName = notice.Incident.Reason is Reason.Announced ? "What comes"
                : notice.Incident.Reason is Reason.Contained ? "What is left"
                : notice.Kind is NoticeKind.Approval ? "Why you are asked" : "Why it stopped",
            Why = isResolved ? "" : PlainText.Line(i.Detail, LongestWhy),
            GoesOn = meaning?.GoesOn ?? "",
            Changed = i.Change is { Made: { Length: > 0 } made } ? $"{made}: {InPlaceWords.Of(i).Words()}" : InPlaceWords.Of(i).Words(),
            Earlier = isResolved ? "" : PlainText.Line(notice.Earlier, LongestWhy),
            Template = isResolved ? "" : TemplateOf(i),
            Plan = isResolved || i.Asked is not { IsAlreadyRight: false } plan ? null : PlanOf(notice, plan, lines),
            Evidence = isResolved ? [] : [.. i.Shown?.Lines ?? []],
            ByHand = isResolved ? [] : i.Telling.Help?.Steps ?? [],
            Details = [.. Details(notice).Where(d => d.Value.Length > 0)],
            Links = [.. Links.Of(i)],
            Next = NextSteps.Of(notice),
            Buttons = notice.Operate is { } operate && !isResolved
                ? new(operate.Name, i.Asked?.Identity ?? "", NextSteps.Buttons(notice))
                : null,
            Manual = isResolved ? "" : notice.Guide?.Todo ?? notice.Playbook?.Manual.Trim() ?? "",
            Machine = Machine(i),
        };
    }

    /// <summary>It is over for people, and not for AWS Config: an exemption or an order keeps the service from it.</summary>
    private static bool IsLeft(Notice notice) => notice is { Kind: NoticeKind.Resolved, Incident.State: IncidentState.Held };

    private static string Remains(Incident i) => i is { Reason: Reason.Contained, IsChanged: true }
        ? $" What contained it is in place still: remediator undo {i.Id} takes it back."
        : "";

    private static string RuleName(Incident i) => PlainText.Line(i.Rule.Name, LongestName);

    private static string Wrong(Notice notice)
    {
        var annotation = PlainText.Line(notice.Incident.Origin.Annotation, LongestAnnotation).TrimEnd('.');
        var rule = RuleName(notice.Incident);
        var said = annotation.Length > 0 ? $"{annotation} (Config rule {rule})." : $"It does not meet Config rule {rule}.";
        return notice.Guide is { } guide ? $"{said} {guide.Checks}" : said;
    }

    private static string Headline(Notice notice, ReasonMeaning? meaning) => notice.Kind switch
    {
        NoticeKind.Resolved when IsLeft(notice) => "Left alone",
        NoticeKind.Resolved => "Resolved",
        NoticeKind.Approval when notice.Playbook?.Containment is not null => "A containment waits for your approval, which is no fix",
        NoticeKind.Approval when notice.Incident.Reason is Reason.Guarded =>
            "A fix waits for your approval, a condition for acting alone does not hold",
        NoticeKind.Approval when notice.Incident.Reason is not Reason.ApprovalNeeded && meaning is not null => meaning.Headline,
        NoticeKind.Approval when notice.Incident.Change?.AsksAt is not null => "The rest of a fix waits for your approval",
        NoticeKind.Approval when notice.Incident.Change?.Recorded is not null => "A rollback waits for your approval",
        NoticeKind.Approval => "A fix waits for your approval",
        _ => meaning?.Headline ?? "Not fixed",
    };

    private static string HeadlineInShort(Notice notice, ReasonMeaning? meaning) => notice.Kind switch
    {
        NoticeKind.Resolved when IsLeft(notice) => "left alone",
        NoticeKind.Resolved => "resolved",
        NoticeKind.Approval when notice.Incident.Reason is not Reason.Announced => ReasonMeaning.Of(Reason.ApprovalNeeded).InShort,
        _ => meaning?.InShort ?? "not fixed",
    };

    private static string Todo(Notice notice, ReasonMeaning? meaning) =>
        notice.Kind is NoticeKind.Approval && notice.Incident.Reason is not Reason.Announced
            ? "Look at the plan, then approve it or hold it."
            : meaning?.Todo ?? "";

    private static PlanFacts PlanOf(Notice notice, Plan plan, int lines)
    {
        var isMade = notice.Kind is not NoticeKind.Approval && notice.Incident.Change is { BeganAt: not null, AsksAt: null };
        return new(
            isMade,
            First(DifferenceText.Of(plan), lines, notice.Incident.Id),
            First(plan.Calls.Select(CallText.Of), lines, notice.Incident.Id),
            notice.Playbook?.Impact ?? "",
            notice.Playbook?.UndoNote ?? "");
    }

    private static ImmutableArray<string> First(IEnumerable<string> all, int lines, string incident)
    {
        ImmutableArray<string> found = [.. all];
        return found.Length <= lines
            ? found
            : [.. found.Take(lines), $"and {found.Length - lines} more: remediator show {incident} --values"];
    }

    private static string TemplateOf(Incident i) => PlainText.Line(i.Change?.Owner?.Template, 2 * LongestName);

    private static IEnumerable<(string Name, string Value)> Details(Notice notice)
    {
        var i = notice.Incident;
        if (notice.Kind is not NoticeKind.Resolved && i.Telling.Reminders > 0)
        {
            var reminders = i.Telling.Reminders.ToString(CultureInfo.InvariantCulture);
            yield return ("Reminder", $"{reminders}; remediator acknowledge {i.Id} ends them");
        }

        if (notice.Further is { } step)
        {
            yield return ("Second step", SecondStepText.Of(i.Terms.Owner, step, $"remediator acknowledge {i.Id}"));
        }

        var identifier = PlainText.Line(i.Terms.RuleIdentifier, LongestName);
        yield return ("Rule", identifier.Length > 0 ? $"{RuleName(i)} ({identifier})" : RuleName(i));
        yield return ("Playbook", notice.Playbook is { } words && i.Playbook.Length > 0 ? $"{i.Playbook}: {words.Summary}" : i.Playbook);
        foreach (var again in AskedAgain(notice))
        {
            yield return ("Asked again", $"before the {again.Step}: {again.Says}");
        }

        yield return ("Left afterwards", notice is { Kind: NoticeKind.Approval, Playbook.Containment: { } left } ? left : "");
        yield return ("Goes back to", i.Change?.Recorded?.Words ?? "");
        yield return ("Tags from", PlainText.Line(i.Change?.TagsFrom, 2 * LongestName));
        yield return ("Owned by", PlainText.Line(i.Change?.Owner?.Says, 2 * LongestName));
        yield return ("In the template", TemplateOf(i));
        yield return ("Changed by", PlainText.Line(i.Change?.Recorded?.ChangedBy, LongestName));
        yield return ("Owner", PlainText.Line(i.Terms.Owner, LongestName));
        yield return ("Environment", PlainText.Line(i.Terms.Environment, LongestName));
        yield return ("Attempts", i.Attempts.ToString(CultureInfo.InvariantCulture));
        yield return ("Opened", i.OpenedAt.ToString("u", CultureInfo.InvariantCulture));
        yield return ("Resource", PlainText.Line($"{i.Resource.Type} {i.Resource.Id}", 2 * LongestName));
        yield return ("Rule ARN", PlainText.Line(i.Rule.Arn, 2 * LongestName));
        yield return ("Incident", i.Id);
    }

    /// <summary>What the yes that is asked for is not about: later steps of the plan, before which people are asked again.</summary>
    private static IEnumerable<AskedStep> AskedAgain(Notice notice) => notice is not { Kind: NoticeKind.Approval, Playbook: { } words } ? []
        : words.AskedAgain.Where(a => notice.Incident.Asked is { } plan && plan.Steps.Skip(1).Any(s => s.Step == a.Step));

    private static MachineFacts Machine(Incident i) => new()
    {
        Incident = i.Id,
        Rule = i.Rule.Name,
        RuleArn = i.Rule.Arn,
        RuleIdentifier = i.Terms.RuleIdentifier,
        Playbook = i.Playbook,
        Owner = i.Terms.Owner,
        Environment = i.Terms.Environment,
        IsChanged = i.IsChanged,
        Attempts = i.Attempts,
        OpenedAt = i.OpenedAt,
    };
}
