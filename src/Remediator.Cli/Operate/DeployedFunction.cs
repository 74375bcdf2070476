using System.Text;
using System.Text.Json;
using Remediator.Authoring.Catalog;
using Remediator.Aws;
using Remediator.Incidents;
using Remediator.Operate;
using Remediator.Values;

namespace Remediator.Cli.Operate;

/// <summary>The deployed Operate function. Its own role, not the person's, decides what it may do.</summary>
internal sealed class DeployedFunction(IAws aws, string name)
{
    /// <summary>
    /// What is deployed and watched. Without it Lambda would run $LATEST: the newest code and settings, which no alarm looks at.
    /// </summary>
    private const string Alias = "live";

    /// <summary>NAME:ALIAS, ACCOUNT:function:NAME:ALIAS, or an ARN with one part more than that of the function itself.</summary>
    private bool IsQualified => name.Split(':').Length is 2 or 4 or 8;

    public async Task<Answer> SendAsync(OperatorCommand command, CancellationToken ct)
    {
        var output = await aws.CallAsync("lambda:Invoke", Json.Object(new Dictionary<string, JsonElement>
        {
            ["FunctionName"] = Json.Text(IsQualified ? name : $"{name}:{Alias}"),
            ["Payload"] = Json.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(Payload(command).GetRawText()))),
        }), ct);
        var answer = Encoding.UTF8.GetString(Convert.FromBase64String(output.TextOf("Payload") ?? ""));
        return output.TextOf("FunctionError") is { } error
            ? throw new AwsException("lambda:Invoke", error, 200, "", $"The function failed; its logs say more. It answered: {answer}")
            : Read(answer);
    }

    private static JsonElement Payload(OperatorCommand command) => Json.Write(w =>
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
    });

    private Answer Read(string text)
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
