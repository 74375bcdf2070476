using Remediator.Emulator;

namespace Remediator.Cli.Demo;

/// <summary>What the template gives a function, and what Lambda and the emulator add.</summary>
internal static class FunctionEnvironment
{
    public static IEnumerable<KeyValuePair<string, string>> Of(
        Deployment deployment,
        string function,
        string endpoint,
        string policyFile) =>
        new Dictionary<string, string>(deployment.Environments[function])
        {
            ["AWS_REGION"] = TemplateDeployer.Region,
            ["AWS_ACCESS_KEY_ID"] = "testing",
            ["AWS_SECRET_ACCESS_KEY"] = "testing",
            ["AWS_ENDPOINT_URL"] = endpoint,
            ["REMEDIATOR_POLICY"] = policyFile,
        };
}
