using Remediator.Incidents;
using Remediator.Values;

namespace Remediator.Escalate;

/// <summary>The deployed function that takes people's commands, for whoever has the AWS CLI and not this program's.</summary>
internal sealed record OperateFunction(string Name, string Region)
{
    /// <summary>What is deployed and watched.</summary>
    private const string Alias = "live";

    /// <summary>Who gives the command, where nobody writes his name.</summary>
    private const string By = "on-call";

    /// <summary>The command as a line for a POSIX shell; null where it cannot be pasted.</summary>
    public string? Invocation(
        string verb, Incident incident, string? why = null, bool force = false, string? plan = null, DateTimeOffset? until = null)
    {
        var payload = Json.Write(w =>
        {
            w.WriteStartObject();
            w.WriteString("command"u8, verb);
            w.WriteString("incident"u8, incident.Id);
            w.WriteString("by"u8, By);
            if (why is not null)
            {
                w.WriteString("why"u8, why);
            }

            if (force)
            {
                w.WriteBoolean("force"u8, true);
            }

            if (plan is not null)
            {
                w.WriteString("plan"u8, plan);
            }

            if (until is { } end)
            {
                w.WriteString("until"u8, end);
            }

            w.WriteEndObject();
        })
            .GetRawText();
        return
            ShellWord.Quote($"{Name}:{Alias}") is { } function
            && ShellWord.Quote(Region) is { } region
            && ShellWord.Quote(payload) is { } text
            ? $"aws lambda invoke --function-name {function} --region {region} --cli-binary-format raw-in-base64-out --payload {text} "
                + "/dev/stdout"
            : null;
    }
}
