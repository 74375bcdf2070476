namespace Remediator.Cli.Doctor.Checks;

/// <summary>The function and this command are of one version.</summary>
internal sealed class VersionCheck : ICheck
{
    public string Name => "version";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("function", async ct => (await on.FunctionAsync(ct)).Of.Version is var deployed && deployed == BuildVersion.Text
            ? Found.Ok($"The function and this command are {deployed}.")
            : Found.Warn(
                $"The function is {deployed}, this command {BuildVersion.Text}.", "Deploy this version, or use the command of the other.")),
    ];
}
