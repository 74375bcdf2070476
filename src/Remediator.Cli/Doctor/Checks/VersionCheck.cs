namespace Remediator.Cli.Doctor.Checks;

/// <summary>The function and this command are of one version.</summary>
internal sealed class VersionCheck : ICheck
{
    public string Name => "version";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("function", async ct => (await on.FunctionAsync(ct)).Of.Version is var deployed && IsSame(deployed)
            ? Found.Ok($"The function is {deployed}, and this command {BuildVersion.Text}.")
            : Found.Warn(
                $"The function is {deployed}, this command {BuildVersion.Text}.", "Deploy this version, or use the command of the other.")),
    ];

    /// <summary>A function that was built for a deployment knows its sources and not its commit: then the numbers are compared.</summary>
    private static bool IsSame(string deployed) =>
        deployed == BuildVersion.Text
        || (deployed.Contains(" (sources ", StringComparison.Ordinal) && Number(deployed) == Number(BuildVersion.Text));

    private static string Number(string version) => version.Split(' ')[0];
}
