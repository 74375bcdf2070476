using System.Text.Json;

namespace Remediator.Emulator;

/// <summary>Puts the repository's own template.yaml on the emulator.</summary>
internal static class TemplateDeployer
{
    public const string Region = "us-east-1";

    /// <summary>The account that the emulator acts in where no role of another was assumed.</summary>
    public const string Account = "123456789012";

    /// <param name="parameters">The template's parameters, where they are not to have their defaults.</param>
    /// <exception cref="EmulatorException">The template is not valid, or the emulator cannot make it.</exception>
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
