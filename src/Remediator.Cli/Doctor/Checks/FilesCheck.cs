namespace Remediator.Cli.Doctor.Checks;

/// <summary>The policy and the playbooks that are deployed are those that lie here.</summary>
internal sealed class FilesCheck : ICheck
{
    private const int Shown = 12;

    public string Name => "files";

    public IEnumerable<Look> Looks(DeploymentView on) =>
    [
        Look.One("policy", async ct => Of("policy", (await on.FunctionAsync(ct)).Of.Files.Policy, on.Files.Policy, "--policy FILE")),
        Look.One(
            "playbooks",
            async ct => Of("playbooks", (await on.FunctionAsync(ct)).Of.Files.Playbooks, on.Files.Playbooks, "--playbooks DIR")),
    ];

    private static Found Of(string what, string deployed, string here, string option) => deployed == here
        ? Found.Ok($"What is deployed is what is here (SHA-256 {Short(here)}…).")
        : Found.Warn(
            $"The {what} deployed (SHA-256 {Short(deployed)}…) differ from those here ({Short(here)}…): "
            + "what is said below goes by those here.",
            $"sam build && sam deploy, or name the deployed ones: {option}");

    private static string Short(string hash) => hash[..Math.Min(Shown, hash.Length)];
}
