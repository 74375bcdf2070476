using System.Text.Json;
using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate.Forms;

/// <summary>
/// The custom notification of Amazon Q Developer in chat applications, which drops whatever has not its shape. What comes from outside
/// stands in code, where no chat reads marks, links or mentions; a command that cannot stand there unchanged is left to the mail.
/// </summary>
internal static class ChatForm
{
    private const int MostPlanLines = 12;

    public static string Of(NoticeFacts facts) => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("version"u8, "1.0");
        w.WriteString("source"u8, "custom");
        w.WriteString("id"u8, $"{facts.Key}/{facts.EventType}");
        w.WriteStartObject("content"u8);
        w.WriteString("textType"u8, "client-markdown");
        w.WriteString("title"u8, Title(facts));
        w.WriteString("description"u8, string.Join('\n', Description(facts)));
        List(w, "nextSteps", Next(facts));
        List(w, "keywords", [facts.Severity, facts.Reason]);
        w.WriteEndObject();
        w.WriteStartObject("metadata"u8);
        w.WriteString("threadId"u8, facts.Key);
        w.WriteString("summary"u8, Title(facts));
        w.WriteString("eventType"u8, facts.EventType);
        List(w, "relatedResources", facts.ResourceId.Length > 0 ? [Escaped(PlainText.Line(facts.ResourceId, 200))] : []);
        w.WriteStartObject("additionalContext"u8);
        foreach (var (name, value) in facts.Details.Where(d => d.Name is "Owner" or "Environment" or "Attempts" or "Incident"))
        {
            w.WriteString(char.ToLowerInvariant(name[0]) + name[1..], Escaped(value));
        }

        Buttons(w, facts.Buttons);
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteEndObject();
    }).GetRawText();

    /// <summary>The values that custom actions of the chat look at and fill in. The incident's id is among the details already.</summary>
    private static void Buttons(Utf8JsonWriter w, ChatButtons? buttons)
    {
        if (buttons is null)
        {
            return;
        }

        w.WriteString("function"u8, buttons.Function);
        if (buttons.Plan.Length > 0)
        {
            w.WriteString("plan"u8, buttons.Plan);
        }

        foreach (var verb in buttons.Verbs)
        {
            w.WriteString($"may{char.ToUpperInvariant(verb[0])}{verb[1..]}", "yes");
        }
    }

    private static string Title(NoticeFacts facts) => Escaped($"[{facts.Severity}] {facts.Where}: {facts.Headline}");

    private static IEnumerable<string> Description(NoticeFacts facts)
    {
        yield return $"{Code(facts.Wrong)} {facts.Todo}".TrimEnd();
        foreach (
            var (name, value) in new[]
            {
                (facts.WhyName, facts.Why), ("Goes on", facts.GoesOn), ("Changed", facts.Changed), ("Earlier", facts.Earlier),
                ("In the template", facts.Template),
            })
        {
            if (value.Length > 0)
            {
                yield return $"*{name}*: {Code(value)}";
            }
        }

        foreach (var line in facts.Lines)
        {
            yield return $"• {Code(line)}";
        }

        if (facts is { Plan: null, Manual.Length: > 0 })
        {
            yield return $"*By hand*: {Code(facts.Manual.ReplaceLineEndings(" "))}";
        }

        if (facts.Plan is { } plan)
        {
            yield return plan.IsMade ? "*What was changed*:" : "*What would be changed*:";
            foreach (var line in Lines(plan.Differences, facts.Key).Concat(Lines(plan.Calls, facts.Key)))
            {
                yield return $"• {Code(line)}";
            }

            if (plan.Impact.Length > 0)
            {
                yield return $"*Impact*: {Escaped(plan.Impact)} *Way back*: {Escaped(plan.UndoNote)}";
            }
        }

        foreach (var line in Lines([.. facts.ByHand.SelectMany(Step)], facts.Key))
        {
            yield return line;
        }

        foreach (
            var line in Lines(facts.Evidence, facts.Key)
                .Select((line, i) => i == 0 ? $"*What is known*:\n• {Code(line)}" : $"• {Code(line)}"))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Step(HandStep step, int index)
    {
        yield return $"{index + 1}. {Escaped(step.Do)}";
        if (step.Run.Length > 0)
        {
            yield return step.Run.Contains('`', StringComparison.Ordinal) ? "The command is in the mail." : Code(step.Run);
        }
    }

    private static IEnumerable<string> Lines(IReadOnlyCollection<string> lines, string key) => lines.Count <= MostPlanLines
        ? lines
        : [.. lines.Take(MostPlanLines), $"and {lines.Count - MostPlanLines} more: remediator show {key.Split('/')[^1]} --values"];

    private static IEnumerable<string> Next(NoticeFacts facts) =>
        from step in facts.Next
        where !step.Command.Contains('`', StringComparison.Ordinal)
        select $"{step.What}: {Code(step.Command)}";

    private static string Code(string text) => $"`{Entities(text.Replace('`', '\''))}`";

    /// <summary>Outside of code no mark may begin anything, and no text may become a link or call everybody.</summary>
    private static string Escaped(string text) => Entities(string.Concat(text.Select(c => c switch
    {
        '`' => "'",
        '*' => "∗",
        '_' => "＿",
        '~' => "∼",
        '[' => "(",
        ']' => ")",
        '@' => "(at)",
        _ => c.ToString(),
    })).Replace("://", ": //", StringComparison.Ordinal));

    private static string Entities(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    private static void List(Utf8JsonWriter w, string name, IEnumerable<string> items)
    {
        w.WriteStartArray(name);
        foreach (var item in items)
        {
            w.WriteStringValue(item);
        }

        w.WriteEndArray();
    }
}
