using Remediator.Aws;

namespace Remediator.Escalate;

/// <summary>The topic for people and chat, and the one for pagers and machines.</summary>
internal sealed record EscalationTopics(string? People, string? Machines)
{
    /// <summary>The same news to each topic, in the form that each protocol's subscribers want.</summary>
    public IEnumerable<Message> Messages(string subject, string body, string chat, string machine, IReadOnlyDictionary<string, string> attributes)
    {
        if (People is { } people)
        {
            var texts = new Dictionary<string, string>
            {
                ["default"] = body,
                ["email"] = body,
                ["sms"] = subject,
                ["https"] = chat,
                ["sqs"] = machine,
                ["lambda"] = machine,
            };
            yield return new(people, subject, texts, attributes);
        }

        if (Machines is { } machines)
        {
            yield return new(machines, subject, new Dictionary<string, string> { ["default"] = machine, ["email"] = body }, attributes);
        }
    }
}
