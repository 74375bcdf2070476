using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>The rules of EventBridge that bring changes to the queue, and start the sweep, are on and lead there.</summary>
internal sealed class EventRuleCheck : ICheck
{
    private const string Schedule = "SweepFunctionSchedule";
    private const string Forwarded = "ForwardedChangeRule";

    private const string ForwardedAlarms = "ForwardedAlarmRule";

    private const string Alarms = "AlarmRule";

    private static readonly string[] Rules = ["ComplianceChangeRule", Alarms, Forwarded, ForwardedAlarms, Schedule];

    public string Name => "event-rules";

    public IEnumerable<Look> Looks(DeploymentView on) => Rules
        .Where(r => r is not (Alarms or Forwarded or ForwardedAlarms) || on.Stack.Resources?.Any(s => s.LogicalId == r) is true)
        .Select(rule => Look.One(rule, ct => LookAsync(on, rule, ct)));

    private static async Task<Found> LookAsync(DeploymentView on, string rule, CancellationToken ct)
    {
        // On a bus of its own, the physical id is BUS|NAME, or the name alone.
        var parts = on.Stack.Physical(rule).Split('|');
        var (name, bus) = (
            parts[^1],
            parts.Length > 1 ? parts[0] : rule is Forwarded or ForwardedAlarms ? on.Stack.Physical("MemberBus") : "default");
        var state = await on.Own.CallAsync("events:DescribeRule", Answers.Input(("Name", name), ("EventBusName", bus)), ct);
        if (state.TextOf("State") is not ("ENABLED" or "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"))
        {
            return Found.Fail(
                $"The rule {name} is {state.TextOf("State")}.", $"aws events enable-rule --name {name} --event-bus-name {bus}");
        }

        var targets = await on.Own.CallAsync("events:ListTargetsByRule", Answers.Input(("Rule", name), ("EventBusName", bus)), ct);
        var arns = targets.Each("Targets").Select(t => t.TextOf("Arn") ?? "").ToArray();
        var wanted = rule is Schedule ? null : on.QueueArn(on.Stack.Physical("ComplianceQueue"));
        return arns is [] || (wanted is not null && !arns.Contains(wanted, StringComparer.Ordinal))
            ? Found.Fail($"The rule {name} does not lead to {wanted ?? "the sweep"}.", "Deploy the stack again.")
            : Found.Ok($"The rule {name} is on and leads to {wanted ?? arns[0]}.");
    }
}
