using System.Text.Json;

namespace Remediator.Emulator;

/// <summary>Deploys the repository's template.yaml on the emulator.</summary>
internal static class TemplateDeployer
{
    public const string Region = "us-east-1";

    /// <summary>The account in which the emulator runs calls without an assumed role.</summary>
    public const string Account = "123456789012";

    /// <param name="parameters">The template's parameters that differ from their defaults.</param>
    /// <exception cref="EmulatorException">The template is not valid, or the emulator cannot deploy it.</exception>
    public static async Task<Deployment> DeployAsync(
        MotoEmulator emulator, IReadOnlyDictionary<string, string> parameters, CancellationToken ct)
    {
        string[] arguments =
        [
            Repository.At("tools", "deploy_template.py"),
            Repository.At("template.yaml"),
            "--endpoint", emulator.Url.GetLeftPart(UriPartial.Authority),
            "--region", Region,
            "--stack", "remediator",
            .. parameters.SelectMany(parameter => new[] { "--parameter", $"{parameter.Key}={parameter.Value}" }),
        ];
        var answer = await Python.RunAsync(emulator.Python, arguments, progress: null, ct);
        return JsonSerializer.Deserialize(answer, DeploymentJson.Default.Deployment)
            ?? throw new EmulatorException("The deployment on the emulator gave no answer.");
    }
}
