using System.Text.Json;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>A command as the Operate function reads it, and its answer.</summary>
internal static class CommandJson
{
    public static string Of(OperatorCommand command) => Json.Write(w =>
    {
        w.WriteStartObject();
        w.WriteString("command", command.Verb.ToString());
        w.WriteString("by", command.By);
        w.WriteString("incident", command.Incident);
        w.WriteString("why", command.Why);
        w.WriteBoolean("force", command.Force);
        if (command.Plan is { } plan)
        {
            w.WriteString("plan", plan);
        }

        if (command.Until is { } until)
        {
            w.WriteString("until", until);
        }

        if (command.Order.Length > 0)
        {
            w.WriteString("order", command.Order);
        }

        if (command.Match is { } match)
        {
            w.WriteStartObject("match");
            foreach (var (word, pattern) in match.Words)
            {
                w.WriteString(word is "resource-type" ? "resourceType" : word, pattern);
            }

            w.WriteEndObject();
        }

        w.WriteEndObject();
    }).GetRawText();

    /// <param name="name">What was asked.</param>
    /// <param name="text">What it answered.</param>
    /// <exception cref="UsageException">It is no Operate function.</exception>
    public static Answer Read(string name, string text)
    {
        try
        {
            var answer = Json.Parse(text);
            return answer.TextOf("outcome") is { } outcome
                ? new(outcome, answer.TextOf("incident"), answer.TextOf("why"))
                : throw new UsageException($"{name} is not an Operate function of remediator: it answered {text}");
        }
        catch (JsonException)
        {
            throw new UsageException($"{name} is not an Operate function of remediator: it answered {text}");
        }
    }
}
