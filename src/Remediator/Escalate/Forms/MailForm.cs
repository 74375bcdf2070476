using System.Text;
using Remediator.Incidents;

namespace Remediator.Escalate.Forms;

/// <summary>Plain text, as an on-call engineer reads it at night: what is wrong and what to do first, the exact commands below.</summary>
internal static class MailForm
{
    private const int NameWidth = 17;

    public static string Of(NoticeFacts facts)
    {
        var text = new StringBuilder().AppendLine(facts.FirstLine).AppendLine();
        Line(text, facts.WhyName, facts.Why);
        Line(text, "Goes on", facts.GoesOn);
        Line(text, "Changed", facts.Changed);
        Line(text, "Earlier", facts.Earlier);
        Block(text, "Which:", facts.Lines);
        if (facts.Plan is { } plan)
        {
            Block(text, plan.IsMade ? "What was changed:" : "What would be changed:", plan.Differences);
            Block(text, plan.IsMade ? "Calls that were made:" : "Calls that would be made:", plan.Calls);
            text.AppendLine();
            Line(text, "Impact", plan.Impact);
            Line(text, "Way back", plan.UndoNote);
        }

        Block(text, "What is known:", facts.Evidence);
        text.AppendLine();
        foreach (var (name, value) in facts.Details)
        {
            Line(text, name, value);
        }

        Block(text, "Look:", facts.Links.Select(l => $"{l.What.PadRight(NameWidth)}{l.Url}"));
        Block(text, "Next:", facts.Next.Select(n => $"{n.What.PadRight(NameWidth)}{n.Command}"));
        Block(text, "The same with the AWS CLI alone, with your name for on-call:", facts.Next
            .Where(n => n.WithoutTool is not null).Select(n => $"{n.What.PadRight(NameWidth)}{n.WithoutTool}"));
        Block(text, "By hand:", facts.Manual.Length > 0 ? facts.Manual.ReplaceLineEndings("\n").Split('\n') : []);
        Block(text, "By hand, step by step:", facts.ByHand.SelectMany((step, i) => Step(step, i + 1)));
        return text.AppendLine().Append("Key: ").AppendLine(facts.Key).ToString();
    }

    private static string[] Step(HandStep step, int number) =>
        step.Run.Length == 0 ? [$"{number}. {step.Do}"] : [$"{number}. {step.Do}", $"   {step.Run}"];

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Append($"{name}:".PadRight(NameWidth + 2)).AppendLine(value);
        }
    }

    private static void Block(StringBuilder text, string heading, IEnumerable<string> lines)
    {
        var begun = false;
        foreach (var line in lines)
        {
            _ = begun ? text : text.AppendLine().AppendLine(heading);
            begun = true;
            text.Append("  ").AppendLine(line);
        }
    }
}
