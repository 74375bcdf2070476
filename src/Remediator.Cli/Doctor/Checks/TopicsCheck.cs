using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>Somebody hears what is said.</summary>
internal sealed class TopicsCheck : ICheck
{
    private const string Pending = "PendingConfirmation";

    public string Name => "topics";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("escalations", ct => LookAsync(on, on.Stack.Physical("EscalationTopic"), isNeeded: true, ct)),
        Look.One("events", ct => LookAsync(on, on.Stack.Physical("EventsTopic"), isNeeded: false, ct)),
        Look.One("alarms", ct => LookAsync(on, AlarmTopic(on), isNeeded: true, ct)),
    ];

    private static string AlarmTopic(DeploymentView on) =>
        on.Stack.Parameters.GetValueOrDefault("AlarmTopicArn") is { Length: > 0 } given ? given : on.Stack.Physical("AlarmTopic");

    private static async Task<Found> LookAsync(DeploymentView on, string topic, bool isNeeded, CancellationToken ct)
    {
        var (confirmed, pending) = (0, new List<string>());
        await foreach (var page in on.Own.PagesAsync("sns:ListSubscriptionsByTopic", Answers.Input(("TopicArn", topic)), ct))
        {
            var subscriptions = page.Each("Subscriptions").ToLookup(s => s.TextOf("SubscriptionArn") is Pending);
            confirmed += subscriptions[false].Count();
            pending.AddRange(subscriptions[true].Select(s => s.TextOf("Endpoint") ?? ""));
        }

        var subscribe = $"aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint ADDRESS";
        return pending is not [] ? new Found(
                confirmed == 0 && isNeeded ? CheckResult.Fail : CheckResult.Warn,
                $"{confirmed} confirmed; not confirmed yet: {string.Join(", ", pending)}.",
                $"Confirm by the mail that came from AWS; if it is gone: {subscribe}")
            : confirmed == 0 && isNeeded ? Found.Fail("The topic has no confirmed subscription: nobody is notified.", subscribe)
            : Found.Ok(confirmed == 0 ? "Nobody is subscribed; it is for pagers and machines." : $"{confirmed} confirmed.");
    }
}
