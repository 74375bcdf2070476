namespace Remediator.Cli.Doctor.Checks;

/// <summary>No rollout that should rise is held, unknown to whoever waits for it.</summary>
internal sealed class RolloutsCheck : ICheck
{
    public string Name => "rollouts";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        new("all accounts", async ct => (await on.FunctionAsync(ct)).Of.HeldRollouts is [_, ..] held
            ? [.. held.Select(says => Found.Warn(says, "remediator rollouts"))]
            : [Found.Ok("No rollout is held.")]),
    ];
}
