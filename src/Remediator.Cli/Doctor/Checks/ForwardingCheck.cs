using Remediator.Values;

namespace Remediator.Cli.Doctor.Checks;

/// <summary>Member accounts forward to the bus of this deployment.</summary>
internal sealed class ForwardingCheck : ICheck
{
    private const string Rule = "RemediatorForwarding";

    public string Name => "forwarding";

    public IEnumerable<Look> Looks(DeploymentView on) =>
        on.Places.Where(p => p != on.Home).Select(place => Look.One($"{place}", ct => LookAsync(on, place, ct)));

    private static async Task<Found> LookAsync(DeploymentView on, Place place, CancellationToken ct)
    {
        if (on.Stack.Outputs.GetValueOrDefault("MemberBusArn") is not { } bus)
        {
            return Found.Fail(
                "The stack has no bus for member accounts: no event of another account or region arrives.",
                "Deploy with OrganizationId, or with MemberAccountIds.");
        }

        var state = await on.In(place).CallAsync("events:DescribeRule", Answers.Input(("Name", Rule)), ct);
        if (state.TextOf("State") is not "ENABLED")
        {
            return Found.Fail(
                $"The rule {Rule} is {state.TextOf("State")} there.", $"aws events enable-rule --name {Rule} --region {place.Region}");
        }

        var targets = await on.In(place).CallAsync("events:ListTargetsByRule", Answers.Input(("Rule", Rule)), ct);
        return targets.Each("Targets").Any(t => t.TextOf("Arn") == bus)
            ? Found.Ok($"The rule {Rule} is on and leads to {bus}.")
            : Found.Fail($"The rule {Rule} does not lead to {bus}.", "Deploy deploy/member.yaml there, with the output MemberBusArn.");
    }
}
