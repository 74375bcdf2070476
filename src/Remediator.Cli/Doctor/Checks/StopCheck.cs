namespace Remediator.Cli.Doctor.Checks;

/// <summary>Nobody stopped all changes and forgot it.</summary>
internal sealed class StopCheck : ICheck
{
    public string Name => "changes";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("all accounts", async ct => (await on.FunctionAsync(ct)).Of.Stopped is { } why
            ? Found.Warn($"All changes are stopped: {why}", "remediator start")
            : Found.Ok("Changes are not stopped.")),
    ];
}
