using System.Collections.Immutable;
using System.Text.Json;
using Remediator.Incidents;
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

        if (command.Rollback is { } back)
        {
            w.WriteStartObject("rollback");
            w.WriteString("type", back.Resource.Type);
            w.WriteString("id", back.Resource.Id);
            w.WriteString("account", back.Resource.Account.Length > 0 ? back.Resource.Account : null);
            w.WriteString("region", back.Resource.Region);
            w.WriteString("rule", back.Rule);
            w.WriteString("to", back.To);
            w.WriteBoolean("dryRun", back.IsDryRun);
            w.WriteEndObject();
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
                ? Answer(outcome, answer.TextOf("incident"), answer.TextOf("why"), Plan(answer))
                : throw new UsageException($"{name} is not an Operate function of remediator: it answered {text}");
        }
        catch (JsonException)
        {
            throw new UsageException($"{name} is not an Operate function of remediator: it answered {text}");
        }
    }

    private static Answer Answer(string outcome, string? incident, string? why, Plan? plan) => new(outcome, incident, why)
    {
        Plan = plan,
        Calls = plan is null ? null : [.. plan.Calls],
    };

    /// <summary>Of a rollback, what was done or would be; null of any other command.</summary>
    private static Plan? Plan(JsonElement answer) => !answer.Member("settings").IsList() ? null : new(
        [
            .. answer.Member("settings").EnumerateArray().Select((setting, i) => new StepPlan
            {
                Step = setting.TextOf("name") ?? "",
                Before = setting.Member("before"),
                After = setting.Member("after"),
                Removed = Items(setting.Member("removed")),
                Added = Items(setting.Member("added")),
                Calls = i > 0 ? [] :
                [
                    .. Items(answer.Member("calls")).Select(c => new PlannedCall(c.TextOf("operation") ?? "", c.Member("input"))),
                ],
            }),
        ]);

    private static ImmutableArray<JsonElement> Items(JsonElement list) => list.IsList() ? [.. list.EnumerateArray()] : [];
}
